import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Every name below a directory, with what lies there. */
export function readFiles(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const full = join(root, path);
    const stat = lstatSync(full);
    if (stat.isSymbolicLink()) {
      found[path] = `-> ${readlinkSync(full)}`;
    } else {
      found[path] = stat.isDirectory()
        ? 'directory'
        : `${(stat.mode & 0o777).toString(8)} ${readFileSync(full, 'utf8')}`;
    }
  }
  return found;
}
