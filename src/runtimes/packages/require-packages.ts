import { join } from 'node:path';
import { findPackage } from './find-package.ts';
import { type Pin, readPin, toInstallLine } from './pin.ts';

/** How the packages of a runtime stand: those that are there, and in words those that are not, or not as they should be. */
export interface PackageReading {
  /** Where each package lies. */
  readonly roots: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/** Looks for the packages of a runtime below the directory of all of them. */
export function readPackages({ runtime, packages }: Pin, directory: string): PackageReading {
  const roots: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, version] of Object.entries(packages)) {
    const found = findPackage(name, join(directory, runtime));
    if (found === null) {
      faults.push(`${name} ${version} is not installed`);
    } else if (found.version !== version) {
      faults.push(`${name} in ${found.root} is ${found.version}, and this Baton is tested with ${version}`);
    } else {
      roots[name] = found.root;
    }
  }
  return { roots, faults };
}

/**
 * Where the packages of a runtime lie. What keeps a repository's own settings away from an agent is proved for one
 * version, so no other is taken.
 * @throws Error with the line that installs them.
 */
export function requirePackages(runtime: string, directory: string): PackageReading['roots'] {
  const { roots, faults } = readPackages(readPin(runtime), directory);
  if (faults.length > 0) {
    throw new Error(
      `BATON_RUNTIME is ${runtime}, but ${faults.join('; ')}. Install it with: ${toInstallLine(runtime)}`,
    );
  }
  return roots;
}
