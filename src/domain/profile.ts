import { z } from 'zod';

/** How one check of a profile is run: a script named in the repository's own manifest at the base, or a fixed command. */
export const checkSchema = z.union([
  z.strictObject({
    /** Names of `package.json` scripts, in order; the first that the base commit has is run, with its text there. */
    scripts: z.array(z.string().min(1)).min(1),
  }),
  z.strictObject({
    /** A shell command, the same in every repository of this kind. */
    command: z.string().min(1),
  }),
]);
export type Check = z.infer<typeof checkSchema>;

/** A `profiles/*.yaml` file: which commands the gates run in one kind of repository. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** The profile applies when the base commit has one of these files. */
  when: z.array(z.string().min(1)).min(1),
  /** Directories of the head tree to put first on the PATH, such as `node_modules/.bin`. */
  path: z.array(z.string()).default([]),
  /** The commands by the name that a `command` gate asks for. */
  checks: z.record(z.string(), checkSchema),
});
export type Profile = z.infer<typeof profileSchema>;
