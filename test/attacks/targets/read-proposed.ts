import { runProgram } from '../arena/run-program.ts';

export interface ProposedFile {
  readonly path: string;
  readonly mode: string;
  readonly text: string;
}

/** What was pushed, besides what had been there. */
export interface Proposed {
  /** Full names of all refs, the default branch included. */
  readonly refs: readonly string[];
  /** Files of the newest branch that the server has pushed; empty when there is none. */
  readonly files: readonly ProposedFile[];
  /** Author, committer and message of each pushed commit. */
  readonly commits: readonly string[];
  /** Every object of the repository that was not there before, as text. */
  readonly everything: string;
}

/** The refs of a bare repository, with their commits. */
export async function readRefs(repository: string): Promise<ReadonlyMap<string, string>> {
  const lines = await git(repository, 'for-each-ref', '--format=%(refname) %(objectname)');
  return new Map(
    lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]),
  );
}

/** Reads what refs have become since they were these. */
export async function readProposed(
  repository: string,
  before: ReadonlyMap<string, string>,
): Promise<Proposed> {
  const now = await readRefs(repository);
  const moved = [...now].filter(([ref, commit]) => before.get(ref) !== commit);
  const refs = [...now.keys()];
  const commit = moved.find(([ref]) => ref.startsWith('refs/heads/'))?.[1];
  if (commit === undefined) {
    return { refs, files: [], commits: [], everything: '' };
  }
  const range = [...moved.map(([, to]) => to), ...[...before.values()].map((known) => `^${known}`)];
  const format = '--format=%an <%ae>, %cn <%ce>%n%B%x00';
  const commits = await git(repository, 'log', format, ...range);
  const everything = await git(repository, 'log', '-p', '--text', '--no-ext-diff', format, ...range);
  return {
    refs,
    files: await readFiles(repository, commit),
    commits: commits
      .split('\0')
      .map((text) => text.trim())
      .filter((text) => text !== ''),
    everything,
  };
}

async function readFiles(repository: string, commit: string): Promise<readonly ProposedFile[]> {
  const entries = (await git(repository, 'ls-tree', '-r', '-z', commit)).split('\0').slice(0, 500);
  const files: ProposedFile[] = [];
  for (const entry of entries.filter((one) => one !== '')) {
    const [mode = '', type, object = ''] = entry.slice(0, entry.indexOf('\t')).split(' ');
    const text = type === 'blob' ? await git(repository, 'cat-file', 'blob', object) : '';
    files.push({ path: entry.slice(entry.indexOf('\t') + 1), mode, text });
  }
  return files;
}

function git(repository: string, ...args: string[]): Promise<string> {
  return runProgram('git', [`--git-dir=${repository}`, ...args], '/');
}
