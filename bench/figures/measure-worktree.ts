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
  printTable(`(d) The files of a commit, ${FILES} files, ${ROUNDS} times, ms`, [
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
    const file = join(directory, `packages/p${index % 40}/src/file-${index}.ts`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `export const value${index} = ${index};\n`.repeat(1 + (index % 120)));
  }
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
