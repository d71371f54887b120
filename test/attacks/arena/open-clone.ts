import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Simulator } from '../../../src/simulator/simulator.ts';
import { runProgram } from './run-program.ts';

/** A clone of the repository, by git over HTTP, in the hands of a maintainer who merges what was sent in. */
export interface Clone {
  /** Runs a shell script in it. */
  readonly run: (script: string) => Promise<void>;
  readonly add: (files: Readonly<Record<string, string>>) => Promise<void>;
  /** Pushes to the default branch. */
  readonly push: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openClone(simulator: Simulator, repository: string): Promise<Clone> {
  const directory = await mkdtemp(join(tmpdir(), 'baton-attacker-'));
  async function git(...args: string[]): Promise<void> {
    await runProgram('git', args, directory);
  }
  const { host } = new URL(simulator.url);
  await git('clone', '-q', `http://boss:${simulator.tokenOf('boss')}@${host}/${repository}.git`, '.');
  return {
    async run(script) {
      await runProgram('/bin/sh', ['-ec', script], directory);
    },
    async add(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), text);
        await git('add', '--', path);
      }
    },
    async push() {
      await git('commit', '-q', '--allow-empty', '-m', 'What was sent in');
      await git('push', '-q', 'origin', 'HEAD:refs/heads/main');
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}
