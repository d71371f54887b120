import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One directory for each runtime that brings programs of others: what npm is to install, to the last byte. */
const PINS = join(import.meta.dirname, '../../../runtimes');

const pinSchema = z.object({
  description: z.string().min(1),
  dependencies: z.record(z.string(), z.string().regex(/^\d+\.\d+\.\d+$/, 'must be one exact version')),
  baton: z.object({
    licence: z.string().min(1),
    /** On disk, roughly. */
    megabytes: z.int().positive(),
  }),
});

/** The packages that a runtime needs and that do not come with Baton. */
export interface Pin {
  readonly runtime: string;
  /** Holds its `package.json` and `package-lock.json`. */
  readonly directory: string;
  readonly description: string;
  readonly licence: string;
  readonly megabytes: number;
  /** The one version of each package that this Baton is tested with, by the package's name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** All of them, by the names of the runtimes. */
export function readPins(): readonly Pin[] {
  return readdirSync(PINS).toSorted().map(readPin);
}

/** @throws Error when the runtime has none. */
export function readPin(runtime: string): Pin {
  const directory = join(PINS, runtime);
  const { description, dependencies, baton } = pinSchema.parse(
    JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')),
  );
  return { runtime, directory, description, packages: dependencies, ...baton };
}

/** What the operator is told to do about a runtime that is not installed. */
export function toInstallLine(runtime: string): string {
  return `npm run baton -- runtimes install ${runtime}`;
}
