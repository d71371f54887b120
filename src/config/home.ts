import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { makeDirectory } from './make-directory.ts';

/** An absolute path; `~/` stands for the home directory of the user. */
export const homeSchema = z
  .string()
  .transform((text) => (text.startsWith('~/') ? path.join(homedir(), text.slice(2)) : text))
  .refine((text) => path.isAbsolute(text), 'must be an absolute path')
  .transform((text) => path.resolve(text));

/**
 * Makes sure that the directory exists and that only its owner can enter it: repositories, the database and its
 * password are in it. An existing directory is never changed: it could be one that others need.
 */
export async function ensureHome(home: string): Promise<void> {
  await makeDirectory(home).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `BATON_HOME ${home} cannot be made: ${why}. Make the directory for the user that runs Baton, with mode 700, or set ` +
        'BATON_HOME to another place.',
      { cause: error },
    );
  });
  const { uid, mode } = await stat(home);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new Error(
      `BATON_HOME ${home} must belong to the user that runs Baton and be closed to all others, but its owner is ` +
        `uid ${uid} and its mode ${(mode & 0o777).toString(8)}. Run chmod 700 on it, or set BATON_HOME to a ` +
        'directory inside it, which Baton then makes itself.',
    );
  }
}
