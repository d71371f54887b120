import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { MAINTAINER, OWNER, toDemoSeed } from '../../src/demo/demo-seed.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { createWorkspace } from '../../src/workspace/create-workspace.ts';
import { toBasic } from '../../src/workspace/git/git-environment.ts';
import { printTable } from '../report/print-table.ts';
import { median } from '../report/quantile.ts';

const FILES = 3000;
const COMMITS = 500;
const FILES_PER_COMMIT = 10;
const ROUNDS = 7;
/** As many as the gates of one attempt ask for. */
const AT_ONCE = 4;
const NAME = 'large';
const REPOSITORY = { id: 1, owner: OWNER, name: NAME, installationId: 1 };

/** A stage with a remote and a place for mirrors and clones. */
interface Stage {
  readonly directory: string;
  readonly remote: string;
  readonly token: string;
  readonly head: string;
  /** One commit before. */
  readonly before: string;
  /** Closed at the end: a disk that is told to remove many files is slow with whatever comes next. */
  readonly opened: { close(): Promise<void> }[];
}

/** Times of each round in milliseconds. */
interface Times {
  readonly clone: number[];
  readonly full: number[];
  readonly same: number[];
  readonly near: number[];
  readonly prepare: number[];
  readonly fullAtOnce: number[];
  readonly atOnce: number[];
}

/** Trees from the warm mirror, with and without a spare, beside a fresh clone over HTTP of the same repository. */
export async function measureWorktree(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-bench-'));
  await writeFiles(join(directory, 'files'));
  const seed = toDemoSeed();
  const simulator = await startSimulator({
    seed: {
      ...seed,
      repositories: [
        ...(seed.repositories ?? []),
        { owner: OWNER, name: NAME, directory: join(directory, 'files') },
      ],
    },
    directory: join(directory, 'github'),
  });
  const token = simulator.tokenOf(MAINTAINER);
  const remote = `${simulator.url}/${OWNER}/${NAME}.git`;
  await addHistory(remote, token, join(directory, 'author'));
  const [head = '', before = ''] = await readCommits(join(directory, 'author'));
  const stage: Stage = { directory, remote, token, head, before, opened: [] };
  const first = openWorkspace(stage);
  const mirrored = await time(() => first.workspace.readBase(REPOSITORY));
  const times: Times = { clone: [], full: [], same: [], near: [], prepare: [], fullAtOnce: [], atOnce: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    await measureClone(stage, times);
    await measureOne(stage, times);
    await measureAtOnce(stage, times);
  }
  print(times, mirrored);
  await Promise.all(stage.opened.map((workspace) => workspace.close()));
  await simulator.stop();
  await rm(directory, { recursive: true, force: true });
}

function print(times: Times, mirrored: number): void {
  const cloning = median(times.clone);
  function toRow(name: string, values: readonly number[]): [string, number, number, number] {
    return [name, median(values), Math.max(...values), cloning / median(values)];
  }
  const title = `(d) The files of a commit, ${FILES} files after ${COMMITS} commits, ${ROUNDS} times, ms`;
  printTable(`${title}\n    The clone is over loopback: no network delays it.`, [
    ['', 'median', 'slowest', 'clone / this'],
    toRow('fresh clone over HTTP', times.clone),
    toRow('tree from the warm mirror, no spare', times.full),
    toRow('tree from a spare at this commit', times.same),
    toRow(`tree from a spare ${FILES_PER_COMMIT} changed files away`, times.near),
    toRow(`${AT_ONCE} trees at once, no spare, until the last`, times.fullAtOnce),
    toRow(`${AT_ONCE} trees at once, a spare for each, until the last`, times.atOnce),
    toRow('the next spare, in the background', times.prepare),
    ['the mirror itself, once', mirrored, mirrored, ''],
  ]);
}

async function measureClone({ remote, token, directory }: Stage, times: Times): Promise<void> {
  const target = join(directory, `clone-${times.clone.length}`);
  times.clone.push(await time(() => clone(remote, token, target)));
}

/** One tree after the other, as the steps of a run open them. */
async function measureOne(stage: Stage, times: Times): Promise<void> {
  const { workspace, spared } = await openWarm(stage);
  async function open(commit: string, into: number[]): Promise<void> {
    const ready = spared();
    into.push(await time(() => workspace.openTree(REPOSITORY, commit, 'bench')));
    times.prepare.push(await time(() => ready));
  }
  await open(stage.head, times.full);
  await open(stage.head, times.same);
  await open(stage.before, times.near);
}

/** Several at once, as the gates do: first with no spare, then with those that this has shown to be wanted. */
async function measureAtOnce(stage: Stage, times: Times): Promise<void> {
  const { workspace, spared } = await openWarm(stage);
  for (const into of [times.fullAtOnce, times.atOnce]) {
    const ready = spared();
    const opening = Array.from({ length: AT_ONCE }, () =>
      workspace.openTree(REPOSITORY, stage.head, 'bench'),
    );
    into.push(await time(() => Promise.all(opening)));
    await ready;
  }
}

/** A workspace that knows the mirror has the commits, and has no spare yet. */
async function openWarm(stage: Stage): Promise<ReturnType<typeof openWorkspace>> {
  const opened = openWorkspace(stage);
  await opened.workspace.readBase(REPOSITORY);
  await opened.workspace.changedFiles(REPOSITORY, stage.before, stage.head);
  return opened;
}

/** `spared` resolves when all spares that are wanted are ready; ask before what makes them wanted. */
function openWorkspace({ directory, remote, token, opened }: Stage) {
  let onSpared = ignore;
  const workspace = createWorkspace({
    home: join(directory, 'home'),
    remoteUrl: () => remote,
    token: () => Promise.resolve(token),
    effects: { ensure: (effect) => effect.send() },
    identity: { name: 'bench', email: 'bench@example.com' },
    log: {
      debug: ({ spares, wanted }) => spares !== undefined && spares === wanted && onSpared(),
      info: ignore,
      warn: console.warn,
      error: console.error,
    },
  });
  opened.push(workspace);
  function spared(): Promise<void> {
    return new Promise((resolve) => {
      onSpared = resolve;
    });
  }
  return { workspace, spared };
}

async function readCommits(author: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('git', ['-C', author, 'rev-parse', 'main', 'main~1']);
  return stdout.split('\n');
}

async function writeFiles(directory: string): Promise<void> {
  for (let index = 0; index < FILES; index += 1) {
    const file = join(directory, toPath(index));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `export const value${index} = ${index};\n`.repeat(1 + (index % 120)));
  }
}

function toPath(index: number): string {
  return `packages/p${index % 40}/src/file-${index}.ts`;
}

/** Repositories have a past, which a clone brings along and a tree does not need. */
async function addHistory(remote: string, token: string, target: string): Promise<void> {
  await clone(remote, token, target);
  const importing = promisify(execFile)('git', ['-C', target, 'fast-import', '--quiet', '--force']);
  importing.child.stdin?.end(Array.from({ length: COMMITS }, (_, number) => toCommit(number)).join(''));
  await importing;
  const header = `http.extraHeader=Authorization: Basic ${toBasic(token)}`;
  await promisify(execFile)('git', ['-C', target, '-c', header, 'push', '--quiet', 'origin', 'main']);
}

function toCommit(number: number): string {
  const changes = Array.from({ length: FILES_PER_COMMIT }, (_, position) => {
    const index = (number * 37 + position * 101) % FILES;
    const text = `export const value${index} = ${number * 1000 + index};\n`.repeat(1 + (index % 120));
    return `M 100644 inline ${toPath(index)}\ndata ${text.length}\n${text}\n`;
  });
  const head = `commit refs/heads/main\ncommitter bench <bench@example.com> ${1_700_000_000 + number} +0000\ndata 2\nx\n\n`;
  return `${head}${number === 0 ? 'from refs/heads/main^0\n' : ''}${changes.join('')}`;
}

async function clone(remote: string, token: string, target: string): Promise<void> {
  const header = `http.extraHeader=Authorization: Basic ${toBasic(token)}`;
  await promisify(execFile)('git', ['-c', header, 'clone', '--quiet', remote, target]);
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function ignore(): void {}
