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
const NAME = 'large';

/** A tree from the warm mirror, beside a fresh clone over HTTP of the same repository. */
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
  const workspace = createWorkspace({
    home: join(directory, 'home'),
    remoteUrl: () => remote,
    token: () => Promise.resolve(token),
    effects: { ensure: (effect) => effect.send() },
    identity: { name: 'bench', email: 'bench@example.com' },
    log: { debug: ignore, info: ignore, warn: console.warn, error: console.error },
  });
  const repository = { id: 1, owner: OWNER, name: NAME, installationId: 1 };
  const startedMs = performance.now();
  const base = await workspace.readBase(repository);
  const mirrored = performance.now() - startedMs;
  const clones: number[] = [];
  const trees: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    clones.push(await time(() => clone(remote, token, join(directory, `clone-${round}`))));
    trees.push(await time(() => workspace.openTree(repository, base.sha, 'bench')));
  }
  printTable(`(d) The files of a commit, ${FILES} files after ${COMMITS} commits, ${ROUNDS} times, ms`, [
    ['', 'median', 'slowest'],
    ['fresh clone over HTTP', median(clones), Math.max(...clones)],
    ['tree from the warm mirror', median(trees), Math.max(...trees)],
    ['clone / tree', median(clones) / median(trees), ''],
    ['the mirror itself, once', mirrored, ''],
  ]);
  await workspace.close();
  await simulator.stop();
  await rm(directory, { recursive: true, force: true });
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
