import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PLAYS } from '../../src/demo/plays.ts';

/** Copies the demo's recording with agents that answer at once, so that only Baton's own time is left. */
export async function copyRecording(directory: string): Promise<string> {
  await cp(PLAYS.feature.recording, directory, { recursive: true });
  for (const name of (await readdir(directory)).filter((one) => one.endsWith('.json'))) {
    const file = join(directory, name);
    const recording: object = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...recording, delayMs: 0 }));
  }
  return directory;
}
