import { access, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the symbolic links that the package in `root` lists. npm packages cannot hold links: an install script makes
 * them, and installers often block such scripts. Rejects when a link cannot be written.
 */
export async function restoreLinks(root: string): Promise<void> {
  const text = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8');
  const links = linksSchema.parse(JSON.parse(text));
  await Promise.all(links.map(({ source, target }) => ensureLink(root, source, target)));
}

async function ensureLink(root: string, source: string, target: string): Promise<void> {
  const place = path.join(root, target);
  try {
    await access(place);
  } catch {
    await symlink(path.relative(path.dirname(target), source), place).catch(ignoreExisting);
  }
}

/** Another process may do the same at this moment. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}
