import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** One directory for each runtime that brings programs of others: what npm is to install, to the last byte. */
const PINS = join(import.meta.dirname, '../../../runtimes');

const versionsSchema = z
  .record(z.string(), z.string().regex(/^\d+\.\d+\.\d+$/, 'must be one exact version'))
  .default({});

const pinSchema = z.object({
  description: z.string().min(1),
  dependencies: versionsSchema,
  optionalDependencies: versionsSchema,
  baton: z.object({
    licence: z.string().min(1),
    /** On disk, roughly. */
    megabytes: z.int().positive(),
    /** Where each kind of processor has a package of its own: which of the optional ones it is. */
    native: z.record(z.string(), z.string()).default({}),
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
  /** The one version of each package that this Baton is tested with, by the package's name; those for this machine. */
  readonly packages: Readonly<Record<string, string>>;
}

/** All of them, by the names of the runtimes. */
export function readPins(): readonly Pin[] {
  return readdirSync(PINS).toSorted().map(readPin);
}

/** @throws Error when the runtime has none. */
export function readPin(runtime: string): Pin {
  const directory = join(PINS, runtime);
  const { description, dependencies, optionalDependencies, baton } = pinSchema.parse(
    JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')),
  );
  const { native, ...shown } = baton;
  const own = Object.entries(optionalDependencies).filter(([name]) => name === native[process.arch]);
  const packages = { ...dependencies, ...Object.fromEntries(own) };
  return { runtime, directory, description, packages, ...shown };
}

/** What the operator is told to do about a runtime that is not installed. */
export function toInstallLine(runtime: string): string {
  return `npm run baton -- runtimes install ${runtime}`;
}
