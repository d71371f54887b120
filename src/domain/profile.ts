import { z } from 'zod';

/** How one check of a profile is run: a script named in the repository's own manifest at the base, or a fixed command. */
const commandSchema = z.union([
  z.strictObject({
    /** Name of a `package.json` script; its text is read at the base commit. */
    script: z.string().min(1),
  }),
  z.strictObject({ command: z.string().min(1) }),
]);

/** A `profiles/*.yaml` file: which commands the gates run in one kind of repository. */
export const profileSchema = z.strictObject({
  name: z.string().min(1),
  /** The profile applies when the base commit has one of these files. */
  when: z.array(z.string().min(1)).min(1),
  /** Directories of the head tree to put first on the PATH, such as `node_modules/.bin`. */
  path: z.array(z.string()).default([]),
  checks: z.record(z.string(), commandSchema),
});
export type Profile = z.infer<typeof profileSchema>;
