import type { ToolInputs } from './protocol.ts';
import { readRegularFile } from './read-regular-file.ts';
import { resolveExisting } from './resolve-path.ts';
import { writeRegularFile } from './write-regular-file.ts';

/** Replaces a text that is in a file exactly once, or wherever it is. */
export async function editFile(root: string, input: ToolInputs['edit']): Promise<string> {
  const path = await resolveExisting(root, input.path);
  const text = await readRegularFile(path, input.path);
  if (input.old === '') {
    throw new Error('old is empty; use write to make a file.');
  }
  const pieces = text.split(input.old);
  const hits = pieces.length - 1;
  if (hits === 0) {
    throw new Error(
      `old is not in ${input.path}. It must be the same to the last space, without line numbers.`,
    );
  }
  if (hits > 1 && input.all !== true) {
    throw new Error(`old is in ${input.path} ${hits} times. Give more of what is around it, or set all.`);
  }
  await writeRegularFile(path, pieces.join(input.new));
  return hits === 1 ? `Changed ${input.path}.` : `Changed ${input.path} in ${hits} places.`;
}
