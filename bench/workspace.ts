import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toBasic } from '../src/workspace/git/git-environment.ts';
import { startGitRemote, toRepository, write } from '../test/workspace/support/git-remote.ts';
import { startWorkspace, toSeal } from '../test/workspace/support/start-workspace.ts';

/**
 * Measures what a step waits for: a tree from the warm mirror, against a fresh clone of the same repository over HTTP,
 * and a seal of it. Prints medians in milliseconds and the ratio.
 * Usage: node bench/workspace.ts [files] [rounds]
 */
const [files = 3000, rounds = 7] = process.argv.slice(2).map(Number);
const run = promisify(execFile);

async function measure(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}

function toFiles(version: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: files }, (_, index) => [
      `packages/p${index % 40}/src/file-${index}.ts`,
      `// version ${version}\n${`export const value${index} = ${index};\n`.repeat(1 + (index % 120))}`,
    ]),
  );
}

const remote = await startGitRemote();
remote.create('app');
remote.commit('app', 'main', toFiles(1));
for (let change = 2; change < 40; change += 1) {
  remote.commit('app', 'main', { [`packages/p${change}/src/file-${change}.ts`]: `// version ${change}\n` });
}
const head = remote.git('app', 'rev-parse', 'main');
remote.git('app', 'gc', '-q');
const started = startWorkspace(remote);
const { workspace } = started;
const repository = toRepository('app');
const scratch = await mkdtemp(join(tmpdir(), 'baton-bench-'));
try {
  const coldStarted = performance.now();
  await workspace.readBase(repository);
  const cold = performance.now() - coldStarted;
  const clone = await measure(async () => {
    await run('git', [
      '-c',
      `http.extraHeader=Authorization: Basic ${toBasic(remote.token)}`,
      'clone',
      '-q',
      `${remote.url}/acme/app.git`,
      await mkdtemp(join(scratch, 'clone-')),
    ]);
  });
  const open = await measure(async () => {
    await workspace.openTree(repository, head, 'bench');
  });
  const tree = await workspace.openTree(repository, head, 'bench');
  write(tree.path, 'packages/p1/src/file-1.ts', 'changed\n');
  const seal = await measure(async () => {
    await workspace.seal(tree, toSeal());
  });
  const figures = { files, cold, clone, open, seal, ratio: clone / open };
  console.log(
    JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)),
  );
} finally {
  await started.stop();
  await remote.close();
  await rm(scratch, { recursive: true, force: true });
}
