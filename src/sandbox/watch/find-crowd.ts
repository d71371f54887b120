import type { SandboxLimits } from '../../domain/sandbox-limits.ts';
import { listInside, readShare, readUse } from './list-inside.ts';

/** Linux has larger ones on some machines; there memory is seen later than it could be. */
const PAGE_BYTES = 4096;

/** Which limit all processes of a sandbox are over together; null for none. */
export function findCrowd(
  firstPid: number,
  { processes, memoryBytes }: Pick<SandboxLimits, 'processes' | 'memoryBytes'>,
): 'processes' | 'memory' | null {
  const inside = listInside(firstPid);
  // Of so many, none is read: they become more meanwhile.
  if (inside.length > processes) {
    return 'processes';
  }
  const uses = inside.map(readUse).filter((use) => use !== null);
  if (sum(uses.map(({ threads }) => threads)) > processes) {
    return 'processes';
  }
  // What is shared counts for each who shares it, so this is only a reason to look closer.
  const atMost = sum(uses.map(({ pages }) => pages)) * PAGE_BYTES;
  return atMost > memoryBytes && sum(inside.map(readShare)) > memoryBytes ? 'memory' : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
