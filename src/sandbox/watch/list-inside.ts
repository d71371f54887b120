import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What one process uses just now. */
export interface ProcessUse {
  readonly threads: number;
  /** Pages of memory, with those that it shares. */
  readonly pages: number;
}

const THREADS = 17;
const RESIDENT_PAGES = 21;

/**
 * The processes of a sandbox, as its own `/proc` lists them: however they were started, and without a look at all the
 * others of the machine. Each is a directory. Empty when the sandbox is over, or is still being made.
 */
export function listInside(firstPid: number): readonly string[] {
  const proc = `/proc/${firstPid}/root/proc`;
  // Who is not inside has no `self` there. Before the sandbox has a root of its own, this is the host's `/proc`.
  if (existsSync(`${proc}/self`)) {
    return [];
  }
  try {
    return readdirSync(proc)
      .filter((name) => /^\d+$/.test(name))
      .map((name) => `${proc}/${name}`);
  } catch {
    return [];
  }
}

/** Null when the process has ended meanwhile. */
export function readUse(directory: string): ProcessUse | null {
  const stat = read(`${directory}/stat`);
  if (stat === null) {
    return null;
  }
  // The name of the program is in brackets and may hold anything; the state comes after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { threads: Number(fields[THREADS]), pages: Number(fields[RESIDENT_PAGES]) };
}

/** Bytes of memory, where what is shared counts once among those who share it. It walks all pages. */
export function readShare(directory: string): number {
  const rollup = read(`${directory}/smaps_rollup`) ?? '';
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * 1024;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
