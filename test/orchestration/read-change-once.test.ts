import { describe, expect, it } from 'vitest';
import { readChangeOnce } from '../../src/orchestration/read-change-once.ts';
import { aRunningRun } from '../support/runs.ts';

/** Notes what was read, and gives every read its own answer. */
function openWorkspace() {
  const reads: string[] = [];
  return {
    reads,
    changedFiles: async () => {
      reads.push('changed');
      return [];
    },
    addedLines: async () => {
      reads.push('added');
      return [];
    },
    listPaths: async () => [],
    readFile: async (_: unknown, commit: string, path: string) => {
      reads.push(`${commit.slice(0, 4)} ${path}`);
      return Buffer.from(`${reads.length}`);
    },
  };
}

describe('orchestration/read-change-once', () => {
  const run = { ...aRunningRun(), head: 'b'.repeat(40) };
  const base = run.base.sha.slice(0, 4);

  it('reads each thing once for gates that ask at the same time, and each side of a file by itself', async () => {
    const workspace = openWorkspace();
    const reading = readChangeOnce(run, workspace);
    const [first, second] = await Promise.all([
      reading.readFile('base', 'package.json'),
      reading.readFile('base', 'package.json'),
      reading.changedFiles(),
      reading.changedFiles(),
      reading.addedLines(),
      reading.addedLines(),
    ]);
    await reading.readFile('head', 'package.json');
    expect(workspace.reads).toEqual([`${base} package.json`, 'changed', 'added', 'bbbb package.json']);
    expect(first).toEqual(second);
  });

  it('keeps no more files than fit into the memory', async () => {
    const reads: string[] = [];
    const workspace = {
      ...openWorkspace(),
      readFile: async (_: unknown, _commit: string, path: string) => {
        reads.push(path);
        return Buffer.alloc(6 * 1024 * 1024);
      },
    };
    const reading = readChangeOnce(run, workspace);
    const paths = Array.from({ length: 8 }, (_, index) => `file-${index}`);
    for (const path of [...paths, ...paths]) {
      await reading.readFile('head', path);
    }
    expect(reads).toEqual([...paths, 'file-5', 'file-6', 'file-7']);
  });

  it('shares nothing between attempts', async () => {
    const workspace = openWorkspace();
    await readChangeOnce(run, workspace).changedFiles();
    await readChangeOnce(run, workspace).changedFiles();
    expect(workspace.reads).toEqual(['changed', 'changed']);
  });
});
