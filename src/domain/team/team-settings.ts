import { z } from 'zod';
import { memberSettingsSchema } from './member-settings.ts';

const label = z.string().min(1).max(50);
const glob = z.string().min(1).max(200);

/** `CODE_DEVELOPER` and `code_developer` are `code-developer`. */
export function toMemberName(text: string): string {
  return text.trim().toLowerCase().replaceAll('_', '-');
}

const labels = z.strictObject({
  ready: label.default('ready').describe('Issues that can be worked on.'),
  spec: label.default('needs-spec').describe('Issues that need a specification first.'),
  critical: label.default('critical').describe('Issues about critical bugs.'),
});

/** `team:` in `.github/baton.yml`. */
export const teamSettingsSchema = z.strictObject({
  enabled: z.boolean().default(false).describe('Whether the standing team works in this repository.'),
  branches: z
    .array(glob)
    .min(1)
    .max(20)
    .default(['baton/**'])
    .describe('Branches that runs of the team may write to. Any other write is refused.'),
  labels: labels.prefault({}).describe('What labels of issues tell the team.'),
  priorities: z
    .array(label)
    .max(10)
    .default(['critical', 'high', 'medium', 'low'])
    .describe('Labels that say how urgent an issue is, the most urgent first.'),
  interfaces: z
    .array(glob)
    .max(50)
    .default(['**/*.{css,scss,less,html,vue,svelte,jsx,tsx}'])
    .describe('Files of the user interface: pull requests that change one are reviewed by its expert.'),
  notify: z
    .int()
    .positive()
    .optional()
    .describe(
      "Number of the issue for what the team reports and warns of; an issue of the team's own when absent.",
    ),
  specs: z
    .enum(['comment', 'pull-request'])
    .default('comment')
    .describe(
      'How the architect hands a specification over: in the comment of its run, or as a file in a pull request, which counts once people have agreed.',
    ),
  stallHours: z
    .int()
    .min(1)
    .max(720)
    .default(24)
    .describe('A message that nobody took for so long is raised by one priority.'),
  members: z
    .record(z.string().min(1).max(64).overwrite(toMemberName), memberSettingsSchema)
    .default({})
    .describe('What is said about single members, by name.'),
});
export type TeamSettings = z.infer<typeof teamSettingsSchema>;
