import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Processor time that a process has used so far, in milliseconds. */
export function readCpuMs(pid: number): number {
  const fields = readStat(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Memory of the embedded PostgreSQL whose files are below `directory`: shared pages are counted once. In bytes. */
export function readPostgresBytes(directory: string): number {
  return readPostgresPids(directory).reduce((sum, pid) => sum + readPssBytes(pid), 0);
}

/** Processor time that it has used so far, in milliseconds: its processes that live, and those it has outlived. */
export function readPostgresCpuMs(directory: string): number {
  const [server, ...children] = readPostgresPids(directory).map(Number);
  const outlived = readStat(server ?? 0);
  const reaped = (Number(outlived[13]) + Number(outlived[14])) * TICK_MS;
  return [server ?? 0, ...children].reduce((sum, pid) => sum + readCpuMs(pid), reaped);
}

/** The server first. */
function readPostgresPids(directory: string): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const server = pids.find((pid) => read(`/proc/${pid}/cmdline`).includes(`postgres\0-D\0${directory}`));
  return server === undefined ? [] : [server, ...pids.filter((pid) => readStat(Number(pid))[1] === server)];
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
