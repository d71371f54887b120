import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RECORDING } from './examples.ts';

/**
 * Copies the demo's recording to `directory`, where the agents take no time. `delays` names the calls that do, such as
 * `{ 'triage.1': 600_000 }`, in milliseconds.
 */
export async function copyRecording(
  directory: string,
  delays: Readonly<Record<string, number>> = {},
): Promise<void> {
  await cp(RECORDING, directory, { recursive: true });
  const calls = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  for (const name of calls) {
    const file = join(directory, name);
    const recording: object = JSON.parse(await readFile(file, 'utf8'));
    const delayMs = delays[name.replace('.json', '')] ?? 0;
    await writeFile(file, JSON.stringify({ ...recording, delayMs }));
  }
}
