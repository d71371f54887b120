import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({ version: z.string() });

/** A package on this machine. */
export interface FoundPackage {
  /** Absolute, without links. */
  readonly root: string;
  readonly version: string;
}

/**
 * Looks for a package as Node does, first from one directory and then from where Baton itself lies. By its files, not
 * by `require.resolve`: what a package exports says nothing of where it lies. Null when it is not there.
 */
export function findPackage(name: string, directory: string): FoundPackage | null {
  const places = [join(directory, 'package.json'), import.meta.filename].flatMap(
    (from) => createRequire(from).resolve.paths(name) ?? [],
  );
  const root = places
    .map((place) => join(place, name))
    .find((path) => existsSync(join(path, 'package.json')));
  if (root === undefined) {
    return null;
  }
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { root: realpathSync(root), version: manifestSchema.parse(manifest).version };
}
