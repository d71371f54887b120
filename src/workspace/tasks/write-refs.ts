import type { Sha } from '../../domain/sha.ts';
import type { Git } from '../git/run-git.ts';
import { callRepository } from './repository-call.ts';

/** One reference: `from` is what it must be now; without it, it may be anything. */
interface RefWrite {
  readonly ref: string;
  readonly to: Sha;
  readonly from?: Sha;
}

/** Writes references all together or not at all. */
export async function writeRefs(git: Git, directory: string, writes: readonly RefWrite[]): Promise<void> {
  const lines = writes.map(({ ref, to, from }) => `update ${ref}\0${to}\0${from ?? ''}\0`);
  await callRepository(git, directory, {
    args: ['update-ref', '-m', 'baton', '--stdin', '-z'],
    input: `start\0${lines.join('')}prepare\0commit\0`,
  });
}
