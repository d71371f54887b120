import { z } from 'zod';
import { registrySchema } from './registry.ts';

/**
 * The way out of a check, and what it sees in return: files by which tools know what a repository is built with, and
 * nothing that could be run or told.
 */
export const checkEgressSchema = z.strictObject({
  registry: registrySchema.describe('All that it reaches.'),
  files: z
    .array(z.string().regex(/^[^/]+$/, 'must be the name of a file, without directories'))
    .default([])
    .describe(
      'Names of files, in any directory; `*` stands for any characters. The command sees those of the commit and no other.',
    ),
  installed: z
    .boolean()
    .default(false)
    .describe('Whether it sees what was installed, and finds its program there.'),
  environment: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string())
    .default({})
    .describe('Variables for the command.'),
});
export type CheckEgress = z.infer<typeof checkEgressSchema>;
