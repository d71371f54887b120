import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxLimits } from '../../domain/sandbox-limits.ts';
import { type Excess, toExcess } from '../excess.ts';
import type { OpenGuard } from '../guard.ts';
import { type Controller, toGroupFiles, toOomKills } from './group-files.ts';

/** A control group for one command. */
export interface ProcessGroup {
  /** Put before a command line, it makes that run in the group with all that it starts. */
  readonly join: readonly [string, ...string[]];
  /** Ends what is left in the group, removes it, and tells whether it ran out of memory. */
  readonly guard: OpenGuard;
  /** Removes the group when nothing was started in it. */
  discard(): void;
}

/** A process moves itself and then becomes the command: nothing of the command ever runs outside of the group. */
const JOIN = 'echo 0 > "$0" && exec "$@"';
const LONGEST_END_MS = 2000;
const POLL_MS = 2;

/** Makes a group with limits. @throws Error when the kernel refuses it. */
export function makeGroup(
  directory: string,
  limits: SandboxLimits,
  controllers: readonly Controller[],
): ProcessGroup {
  mkdirSync(directory);
  function discard(): void {
    // What cannot be removed is found at the next start.
    attempt(() => {
      rmdirSync(directory);
    });
  }
  try {
    for (const { name, content, optional } of toGroupFiles(limits, controllers)) {
      writeTo(join(directory, name), content, optional === true);
    }
  } catch (error) {
    discard();
    throw error;
  }
  return {
    join: ['/bin/sh', '-c', JOIN, join(directory, 'cgroup.procs')],
    guard: () => ({ close: () => endGroup(directory, limits) }),
    discard,
  };
}

async function endGroup(directory: string, limits: SandboxLimits): Promise<Excess | null> {
  const isOutOfMemory = toOomKills(read(join(directory, 'memory.events'))) > 0;
  // Before 5.14 the kernel has no such file; the end of the sandbox's first process has ended all others.
  writeTo(join(directory, 'cgroup.kill'), '1', true);
  for (let waited = 0; waited < LONGEST_END_MS && !isEmpty(directory); waited += POLL_MS) {
    await wait(POLL_MS);
  }
  // What cannot be removed is found at the next start.
  attempt(() => {
    rmdirSync(directory);
  });
  return isOutOfMemory ? toExcess('memory', limits) : null;
}

function isEmpty(directory: string): boolean {
  return !/^populated 1$/m.test(read(join(directory, 'cgroup.events')));
}

function writeTo(file: string, content: string, isOptional: boolean): void {
  if (isOptional) {
    attempt(() => {
      writeFileSync(file, content);
    });
  } else {
    writeFileSync(file, content);
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // There is another way, as the caller says.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
