import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Processor time that a process has used so far, in milliseconds. */
export function readCpuMs(pid: number): number {
  const fields = readStat(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory of the embedded PostgreSQL whose files are below `directory`: shared pages are counted once. In bytes. */
export function readPostgresBytes(directory: string): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const server = pids.find((pid) => read(`/proc/${pid}/cmdline`).includes(`postgres\0-D\0${directory}`));
  const family = pids.filter((pid) => pid === server || readStat(Number(pid))[1] === server);
  return family.reduce((sum, pid) => sum + readPssBytes(pid), 0);
}

function readPssBytes(pid: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** The fields after the name of the program: state, parent, and so on. */
function readStat(pid: number): readonly string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Empty when the process has ended or belongs to somebody else. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
