import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What an agent does when it is asked: `patch` is the text of a diff. */
export interface Call {
  readonly report: unknown;
  readonly patch?: string;
  readonly delayMs?: number;
  /** A file beside the recordings; the agent waits until it is there. */
  readonly until?: string;
}

/** Recorded answers by `<step>.<attempt>`, such as `implementation.2`. */
export type Calls = Readonly<Record<string, Call>>;

/** The file for which agents wait that hold their answers back. */
export const RELEASED = 'released';

/** An agent that is not ready before all that wait are released. */
export function holding(call: Call): Call {
  return { ...call, until: RELEASED };
}

/**
 * Lets all agents that wait go on, until other answers are made. GitHub tells whole seconds; a new one begins before
 * that, so that what the agents bring about is later than what was said while they waited.
 */
export async function releaseRecording(directory: string): Promise<void> {
  await delay(1000 - (Date.now() % 1000));
  await writeFile(join(directory, RELEASED), '');
}

/**
 * Makes these the only answers in the directory. The next call of an agent finds them, also in a running Baton: each takes
 * the place of the old one in a moment, and whoever reads meanwhile finds one or the other.
 */
export async function writeRecording(directory: string, calls: Calls): Promise<void> {
  await mkdir(directory, { recursive: true });
  const old = await readdir(directory);
  await removeAll(
    directory,
    old.filter((name) => !isAnswer(name)),
  );
  const written = new Set<string>();
  async function put(name: string, text: string): Promise<void> {
    await writeFile(join(directory, `${name}.new`), text);
    await rename(join(directory, `${name}.new`), join(directory, name));
    written.add(name);
  }
  for (const [name, { patch, ...call }] of Object.entries(calls)) {
    if (patch !== undefined) {
      await put(`${name}.patch`, patch);
    }
    const recorded = { ...call, ...(patch === undefined ? {} : { patch: `${name}.patch` }) };
    await put(`${name}.json`, JSON.stringify(recorded));
  }
  await removeAll(
    directory,
    old.filter((name) => isAnswer(name) && !written.has(name)),
  );
}

/** What else lies there lets agents go on that wait. */
function isAnswer(name: string): boolean {
  return name.endsWith('.json') || name.endsWith('.patch');
}

async function removeAll(directory: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => rm(join(directory, name))));
}

/** Reads recorded answers without their delays. */
export async function readRecording(directory: string): Promise<Calls> {
  const calls: Record<string, Call> = {};
  for (const file of (await readdir(directory)).filter((name) => name.endsWith('.json'))) {
    const { report, patch } = JSON.parse(await readFile(join(directory, file), 'utf8'));
    calls[file.slice(0, -'.json'.length)] = {
      report,
      ...(patch === undefined ? {} : { patch: await readFile(join(directory, patch), 'utf8') }),
    };
  }
  return calls;
}
