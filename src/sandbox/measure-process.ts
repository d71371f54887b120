import { readFileSync } from 'node:fs';
import { listDescendants } from './list-descendants.ts';

/** What a process and all that came from it have used of the processor so far, and use of memory now. */
export interface ProcessMeasure {
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

const PAGE_BYTES = 4096;
/** Linux counts processor time in hundredths of a second wherever Baton runs. */
const TICK_MS = 10;
const USER = 11;
const SYSTEM = 12;
const RESIDENT_PAGES = 21;

/** Null when the process is dead, or nobody has waited for it yet. */
export function measureProcess(pid: number): ProcessMeasure | null {
  const own = readStat(pid);
  if (own === null) {
    return null;
  }
  const all = [own, ...listDescendants(pid).map(readStat)].filter((stat) => stat !== null);
  return {
    cpuMs: all.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    memoryBytes: all.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}

function readStat(pid: number): ProcessMeasure | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program is in brackets and may hold anything; the state comes after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') {
      return null;
    }
    return {
      cpuMs: (Number(fields[USER]) + Number(fields[SYSTEM])) * TICK_MS,
      memoryBytes: Number(fields[RESIDENT_PAGES]) * PAGE_BYTES,
    };
  } catch {
    return null;
  }
}
