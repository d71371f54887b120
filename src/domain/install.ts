import { z } from 'zod';
import { registrySchema } from './registry.ts';

const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string());

/** A name in an installation: of a file, or with `*` for any characters. */
const fileName = z.string().regex(/^[^/]+$/, 'must be the name of a file, without directories');

const locks = z
  .array(fileName)
  .min(1)
  .describe('Lock files, in the root of the repository: the first that the commit has.');

/** One way to install what a repository needs, by its lock file. */
const installerSchema = z.strictObject({
  locks,
  from: z
    .array(fileName)
    .default([])
    .describe(
      'Names of the other files that say what is installed, in any directory; `*` stands for any characters.',
    ),
  command: z.string().min(1).describe('The shell command, in a directory that has only these files.'),
  toolchain: z
    .string()
    .min(1)
    .describe('A command that prints the versions of the programs: with others it is installed anew.'),
  into: z
    .array(z.string().min(1))
    .min(1)
    .describe(
      'Directories that it makes: beside any of the files, or in the home (`~/`) for what must know its own path.',
    ),
  scratch: z
    .array(fileName)
    .default([])
    .describe('Directories in them where tools may write; empty for each command.'),
  registry: registrySchema.describe('Where packages come from.'),
  environment: variables.default({}).describe('Variables for the command.'),
  withoutScripts: variables.describe(
    'Variables that keep packages from running anything while they are installed.',
  ),
});
export type Installer = z.infer<typeof installerSchema>;

/** A lock file that is known, and not installed from. */
const remedySchema = z.strictObject({
  locks,
  remedy: z.string().min(1).describe('What to do instead.'),
});

/** An entry of a profile's `install`. */
export const installSchema = z.union([installerSchema, remedySchema]);
export type Install = z.infer<typeof installSchema>;
