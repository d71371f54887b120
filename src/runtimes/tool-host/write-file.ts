import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ToolInputs } from './protocol.ts';
import { resolveNew } from './resolve-path.ts';
import { writeRegularFile } from './write-regular-file.ts';

/** Writes a whole file, with the directories it needs. */
export async function writeFile(root: string, input: ToolInputs['write']): Promise<string> {
  const path = await resolveNew(root, input.path);
  await mkdir(dirname(path), { recursive: true });
  await writeRegularFile(path, input.content);
  return `Wrote ${input.path}, ${Buffer.byteLength(input.content)} bytes.`;
}
