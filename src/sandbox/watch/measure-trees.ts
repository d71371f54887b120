import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LONGEST_MS = 60_000;

/** How large directories are together. */
export interface TreesSize {
  readonly bytes: number;
  readonly files: number;
}

/**
 * Counts directories while others write in them; null when they could not be counted. By `du`, in a process of its own:
 * it goes through any depth and counts a file with several names once.
 */
export async function measureTrees(paths: readonly string[], signal: AbortSignal): Promise<TreesSize | null> {
  const [bytes, files] = await Promise.all([
    readTotal(['--block-size=1', ...paths], signal),
    readTotal(['--inodes', ...paths], signal),
  ]);
  return bytes === null || files === null ? null : { bytes, files };
}

/** `du` fails for what vanishes while it looks, and still gives its sum. */
async function readTotal(args: readonly string[], signal: AbortSignal): Promise<number | null> {
  const options = { cwd: '/', env: { LC_ALL: 'C' }, signal, timeout: LONGEST_MS, maxBuffer: 1024 ** 2 };
  const running = run('/usr/bin/du', ['--summarize', '--total', '--one-file-system', ...args], options);
  // Whoever is stopped hears of it before the process has ended, and a tree may not be read when its command is over.
  const closed = new Promise((resolve) => running.child.once('close', resolve));
  const stdout = await running.then(
    (done) => done.stdout,
    (error: unknown) => toStdout(error),
  );
  await closed;
  const digits = /^(\d+)\ttotal$/m.exec(stdout)?.[1];
  return digits === undefined ? null : Number(digits);
}

function toStdout(error: unknown): string {
  return error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
}
