import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
/** The arguments that `npm start` gives to Node. */
const [, ...START] = manifest.scripts.start.split(' ');
/** More than the 35 seconds that a stop may last, with the default of `BATON_STOP_SECONDS`. */
const STOP_WITHIN_MS = 40_000;

const lineSchema = z.looseObject({ level: z.union([z.number(), z.string()]), msg: z.string() });
/** One line of Baton's log. */
export type LogLine = z.infer<typeof lineSchema>;

/** A Baton in a process of its own, as `npm start` runs it. */
export interface BatonProcess {
  readonly child: ChildProcess;
  /** Resolves with the webhook URL; rejects with what Baton printed when it could not start. */
  readonly ready: Promise<string>;
  /** Resident memory in bytes, now. */
  residentBytes(): Promise<number>;
  /** Lets it shut down; kills it when it does not. Its last line has been heard then. */
  stop(): Promise<void>;
}

/** Starts Baton with exactly this environment. Each line of its log goes to `onLine`. */
export function startBatonProcess(
  environment: Readonly<Record<string, string>>,
  onLine: (line: LogLine) => void,
): BatonProcess {
  const child = spawn(process.execPath, START, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', LOG_FORMAT: 'json', LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => void complaints.push(text));
  // What it has printed can be read some time after its exit.
  child.once('close', (code) => {
    reject(new Error(complaints.join('').trim() || `Baton ended with exit code ${code}.`));
    close();
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = readLine(text);
    if (line === null) {
      return;
    }
    if (typeof line['webhookUrl'] === 'string') {
      resolve(line['webhookUrl']);
    }
    onLine(line);
  });
  return { child, ready, residentBytes: () => readResidentBytes(child), stop: () => stop(child, closed) };
}

function readLine(text: string): LogLine | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function readResidentBytes({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

async function stop(child: ChildProcess, closed: Promise<void>): Promise<void> {
  // To one that has ended, neither signal is sent.
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await closed;
  clearTimeout(late);
}
