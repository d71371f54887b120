import { readdirSync, readFileSync } from 'node:fs';

/** The first process of a sandbox, which collects the dead. */
const FIRST = 1;

/**
 * Whether somebody of a group (or, for null, anybody but the first process and us) is still to be seen and not only
 * waiting to be collected. Nobody is where the system has no `/proc`.
 */
export function isDying(group: number | null): boolean {
  return list('/proc').some((name) => /^\d+$/.test(name) && isOne(name, group));
}

function isOne(pid: string, group: number | null): boolean {
  const stat = read(`/proc/${pid}/stat`);
  // The name of the program is in brackets and may hold anything; the state, the parent and the group follow it.
  const [state, , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isMeant = group === null ? ![FIRST, process.pid].includes(Number(pid)) : Number(own) === group;
  return stat !== '' && state !== 'Z' && isMeant;
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
