import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW, O_NONBLOCK } = constants;

/** Writes a whole file; its mode stays when it is there. A link put in its place meanwhile is not followed. */
export async function writeRegularFile(path: string, text: string): Promise<void> {
  const file = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NONBLOCK);
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}
