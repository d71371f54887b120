import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an agent does when it is asked: `patch` is the text of a diff. */
export interface Call {
  readonly report: unknown;
  readonly patch?: string;
  readonly delayMs?: number;
}

/** Recorded answers by `<step>.<attempt>`, such as `implementation.2`. */
export type Calls = Readonly<Record<string, Call>>;

/** Makes these the only answers in the directory. The next call of an agent finds them, also in a running Baton. */
export async function writeRecording(directory: string, calls: Calls): Promise<void> {
  await mkdir(directory, { recursive: true });
  const old = await readdir(directory);
  await Promise.all(old.map((name) => rm(join(directory, name))));
  for (const [name, { patch, ...call }] of Object.entries(calls)) {
    if (patch !== undefined) {
      await writeFile(join(directory, `${name}.patch`), patch);
    }
    const recorded = { ...call, ...(patch === undefined ? {} : { patch: `${name}.patch` }) };
    await writeFile(join(directory, `${name}.json`), JSON.stringify(recorded));
  }
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
