import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDING } from './examples.ts';
import { RELEASED } from './recordings.ts';

/** Which calls take time, by names such as `triage.1`. */
export interface Taking {
  /** In milliseconds. */
  readonly delays?: Readonly<Record<string, number>>;
  /** Those that hold their answers back until they are released. */
  readonly held?: readonly string[];
}

/** Copies the demo's recording to `directory`, where the agents take no time but for those that are named. */
export async function copyRecording(
  directory: string,
  { delays = {}, held = [] }: Taking = {},
): Promise<void> {
  await cp(RECORDING, directory, { recursive: true });
  const calls = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  for (const name of calls) {
    const file = join(directory, name);
    const recording: object = JSON.parse(await readFile(file, 'utf8'));
    const call = name.replace('.json', '');
    const until = held.includes(call) ? { until: RELEASED } : {};
    await writeFile(file, JSON.stringify({ ...recording, delayMs: delays[call] ?? 0, ...until }));
  }
}
