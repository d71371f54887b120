import { z } from 'zod';
import { checkEgressSchema } from './check-egress.ts';
import { installSchema } from './install.ts';
import { reportFileSchema } from './report-file.ts';

const reports = z
  .array(reportFileSchema)
  .max(5)
  .optional()
  .describe('Reports that the command writes, which must agree with its exit code.');

const NO_REPORT = 'a check with an egress needs a report, which says that somebody has answered';

const egress = checkEgressSchema
  .optional()
  .describe(
    'A way out, for a check that asks what is known of packages. It needs a report: an exit code does not tell whether anybody has answered.',
  );

const ofPackage = z.strictObject({
  package: z.string().min(1).describe('A package that the `package.json` of the base commit asks for.'),
  file: z.string().min(1).optional().describe('A file that the base commit must have, too.'),
  command: z.string().min(1).describe('The command.'),
});

const ofLock = z
  .strictObject({
    locks: z
      .array(z.string().min(1))
      .min(1)
      .describe('Lock files: the base commit or the change has one of them.'),
    command: z.string().min(1).describe('The command.'),
    install: z.string().min(1).optional().describe('What to do when its program is missing.'),
    reports,
    egress,
  })
  .refine(hasReport, NO_REPORT);

/** How one check of a profile is run: a script named in the repository's own manifest at the base, or a fixed command. */
const checkSchema = z.union([
  z.strictObject({
    scripts: z
      .array(z.string().min(1))
      .describe(
        'Names of `package.json` scripts; the first that the base commit has is run, as it is there.',
      ),
    reports,
    otherwise: z
      .array(z.union([ofPackage, ofLock]))
      .optional()
      .describe('Where there is no such script: the first of these that the repository has.'),
    install: z
      .string()
      .min(1)
      .optional()
      .describe('What to do where the repository has none of them: a sentence.'),
    unless: z
      .literal('no-packages')
      .optional()
      .describe('There is nothing to check where no `package.json` at the top asks for a package.'),
  }),
  z
    .strictObject({
      command: z.string().min(1).describe('A shell command, the same in every repository of this kind.'),
      reports,
      egress,
      tool: z
        .strictObject({
          name: z.string().min(1).describe('The program, as manifests call its package.'),
          install: z.string().min(1).describe('What to do to have it: a sentence.'),
        })
        .optional()
        .describe(
          'What the command needs. It is run where one of the `manifests` of the base commit names it, or is named after it.',
        ),
      otherwise: z
        .string()
        .min(1)
        .optional()
        .describe(
          'The command where no manifest names the tool; it writes no reports. Without it, the check is not set up there.',
        ),
    })
    .refine(hasReport, NO_REPORT),
]);

interface Asking {
  readonly egress?: unknown;
  readonly reports?: readonly unknown[] | undefined;
}

function hasReport({ egress: out, reports: written = [] }: Asking): boolean {
  return out === undefined || written.length > 0;
}

/** A `profiles/*.yaml` file: which commands the gates run in one kind of repository. */
export const profileSchema = z.strictObject({
  name: z.string().min(1).describe('Equals the file name.'),
  when: z
    .array(z.string().min(1))
    .min(1)
    .describe('The profile applies when the base commit has one of these files.'),
  path: z
    .array(z.string())
    .default([])
    .describe(
      'Directories to put first on the PATH: of the head tree, such as `node_modules/.bin`, or of the home (`~/`).',
    ),
  install: z
    .array(installSchema)
    .optional()
    .describe('How dependencies are installed: the first entry of whose lock files the commit has one.'),
  manifests: z
    .array(z.string().min(1))
    .optional()
    .describe('Files that name the tools which a repository uses, from its top.'),
  checks: z
    .record(z.string(), checkSchema)
    .describe('The commands, by the name that a `command` gate asks for.'),
});
export type Profile = z.infer<typeof profileSchema>;
