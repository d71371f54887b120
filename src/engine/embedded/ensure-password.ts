import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';

/**
 * The superuser's password: made once, kept in a file that only the owner can read. It is written aside and linked into
 * place, so whoever asks at the same time reads all of it or none. Throws when the file is there and empty.
 */
export async function ensurePassword(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    });
  } finally {
    await rm(draft, { force: true });
  }
  const password = (await readFile(file, 'utf8')).trim();
  if (password === '') {
    throw new Error(
      `The password file ${file} is empty. Restore it; or, if nothing in the database beside it is needed, remove both.`,
    );
  }
  return password;
}
