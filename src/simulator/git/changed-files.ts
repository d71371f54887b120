import type { GitStore } from './git-store.ts';

export type ChangedFile = {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';
  /** The blob after the change; for a removed file the one before. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** The hunks, or null for a binary file or one only renamed. */
  readonly patch: string | null;
};

const STATUS: ReadonlyMap<string, ChangedFile['status']> = new Map([
  ['A', 'added'],
  ['D', 'removed'],
  ['R', 'renamed'],
  ['C', 'copied'],
  ['T', 'changed'],
]);
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The files which differ between two trees or commits (`from` null: everything is new). */
export async function readChangedFiles(
  git: GitStore,
  from: string | null,
  to: string,
): Promise<ChangedFile[]> {
  const sides = [from ?? EMPTY_TREE, to];
  const [summary, patches] = await Promise.all([
    git.run(['diff-tree', '-r', '-M', '-z', '--raw', '--numstat', '--no-abbrev', ...sides]),
    git.run(['diff-tree', '-r', '-M', '-p', '--no-color', ...sides]),
  ]);
  const hunks = patches
    .toString()
    .split(/^diff --git /m)
    .slice(1)
    .map(toPatch);
  return toChanges(summary.toString().split('\0')).map((change, index) => ({
    ...change,
    patch: hunks[index] ?? null,
  }));
}

/** The whole difference as text, as `git diff` prints it. */
export async function readDiffText(git: GitStore, from: string | null, to: string): Promise<string> {
  return (await git.run(['diff-tree', '-r', '-M', '-p', '--no-color', from ?? EMPTY_TREE, to])).toString();
}

function toPatch(text: string): string | null {
  const start = text.search(/^@@ /m);
  return start < 0 ? null : text.slice(start).replace(/\n$/, '');
}

type Summary = Omit<ChangedFile, 'patch'>;

// With -z: first `:<modes> <old> <new> <status>\0<path>\0[<new path>\0]` per file, then
// `<added>\t<deleted>\t<path>\0` or, for a rename, `<added>\t<deleted>\t\0<old path>\0<new path>\0`.
function toChanges(tokens: readonly string[]): Summary[] {
  const files: Omit<Summary, 'additions' | 'deletions'>[] = [];
  let at = 0;
  while (tokens[at]?.startsWith(':')) {
    const file = toFile(tokens[at]?.split(' ') ?? [], tokens[at + 1] ?? '', tokens[at + 2] ?? '');
    files.push(file);
    at += file.previousPath === null ? 2 : 3;
  }
  return files.map((file) => {
    const [added = '0', deleted = '0'] = (tokens[at] ?? '').split('\t');
    at += file.previousPath === null ? 1 : 3;
    return { ...file, additions: toCount(added), deletions: toCount(deleted) };
  });
}

function toFile(
  [, , before = '', after = '', letter = 'M']: readonly string[],
  path: string,
  newPath: string,
) {
  const status = toStatus(letter);
  const moved = status === 'renamed' || status === 'copied';
  return {
    path: moved ? newPath : path,
    previousPath: moved ? path : null,
    status,
    sha: status === 'removed' ? before : after,
  };
}

function toStatus(letter: string): ChangedFile['status'] {
  return STATUS.get(letter.charAt(0)) ?? 'modified';
}

// Binary files have `-` in place of a number.
function toCount(text: string): number {
  return text === '-' ? 0 : Number(text);
}
