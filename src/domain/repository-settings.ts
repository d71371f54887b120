import { z } from 'zod';
import { agentSettingsSchema } from './agent-settings.ts';
import { amountWordsSchema } from './amount-text.ts';
import { deliverySettingsSchema } from './delivery-settings.ts';
import { filePolicySchema } from './file-policy.ts';
import { gateModeSchema } from './gate-mode.ts';
import { hostTextSchema } from './host.ts';
import { teamSettingsSchema } from './team/team-settings.ts';
import { workflowSchema } from './workflow.ts';

/** As GitHub allows them. */
const label = z.string().min(1).max(50);

const triage = z.strictObject({
  minConfidence: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe('How sure the lead must be of its choice, from 0 to 1. Below it, it asks instead of guessing.'),
});

const reviewEventSchema = z.enum(['opened', 'synchronize', 'labeled']);
export type ReviewEvent = z.infer<typeof reviewEventSchema>;

const reviews = z.strictObject({
  on: z
    .array(reviewEventSchema)
    .default(['opened', 'synchronize', 'labeled'])
    .describe("Events of people's pull requests that start the review workflow. An empty list: none."),
});

const debt = z.strictObject({
  maxPerRun: z
    .int()
    .min(0)
    .max(20)
    .default(5)
    .describe('Most issues that one run may open for debt that it found but was not asked to pay.'),
  labels: z
    .array(label)
    .min(1)
    .transform(([first = '', ...others]): [string, ...string[]] => [first, ...others])
    .default(['tech-debt'])
    .describe('Labels of such an issue. By the first one it is found again.'),
});

const gates = z.strictObject({
  modes: z
    .record(z.string().min(1).max(60), gateModeSchema)
    .default({})
    .describe(
      'Mode by the name of a gate as its check run has it: `strict`, `regression-only` or `informational`. No laxer than the workflow allows.',
    ),
  protectedFiles: z
    .array(filePolicySchema)
    .max(100)
    .default([])
    .describe(
      'What happens to changes of files, over the defaults of `protected-files`. The last that fits decides.',
    ),
});
export type GateSettings = z.infer<typeof gates>;

const install = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .describe('Whether dependencies are installed for gates and agents, from the lock file of the commit.'),
  scripts: z
    .boolean()
    .default(false)
    .describe(
      'Whether packages may run programs of their own while they are installed (`postinstall`, builds from source). They run in the sandbox.',
    ),
  hosts: z
    .array(hostTextSchema)
    .max(20)
    .default([])
    .describe(
      'Hosts besides the registry that an installation needs, such as `npm.pkg.example.com` or `files.example.com:8443`. The operator must allow them.',
    ),
});

const approver = z.union([
  z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\/[a-z0-9_-]{1,100})?$/,
      'a login on GitHub, or a team as organization/team',
    ),
  z.int().positive().transform(String),
]);

const security = z.strictObject({
  approvers: z
    .array(approver)
    .max(50)
    .default([])
    .describe(
      'Those who may approve what a gate holds for security: logins, numeric ids of users, or teams as `organization/team`, for which the App must read members. Everybody with write access when empty; never who requested the run.',
    ),
});

const budget = z.strictObject({
  run: amountWordsSchema.optional().describe('What one run may use of models.'),
  subject: amountWordsSchema
    .optional()
    .describe('What all runs of one issue or pull request may use of models together.'),
  month: amountWordsSchema
    .optional()
    .describe('What all runs of this repository may use of models in a calendar month (UTC).'),
});

/** `.github/baton.yml`: what a repository sets for itself, on its default branch. All of it may be left out. */
export const repositorySettingsSchema = z.strictObject({
  labels: z
    .record(label, workflowSchema.shape.name.describe('Name of a workflow.'))
    .default({})
    .describe(
      'Workflow by label of the issue, for when nobody named a workflow: a plain `baton` label or `/baton run`. Upper and lower case are the same.',
    ),
  triage: triage.prefault({}).describe('How the lead chooses a workflow when no label decides.'),
  reviews: reviews.prefault({}).describe("Reviews of people's own pull requests."),
  budget: budget
    .prefault({})
    .describe(
      'What may be used of models, in US dollars (`5`, `$2.50`) or tokens (`2000000 tokens`). The limits of the server hold as well, so this can only lower them.',
    ),
  debt: debt.prefault({}).describe('Issues for debt that a run comes across.'),
  gates: gates.prefault({}).describe('How gates judge here.'),
  agents: z
    .record(z.string().min(1).max(64), agentSettingsSchema)
    .default({})
    .describe(
      'What roles are asked with, by the name of the role. A repository chooses among what the operator offers.',
    ),
  delivery: deliverySettingsSchema.prefault({}).describe('What holds for the delivery pipeline here.'),
  security: security.prefault({}).describe('Who releases what is held for security.'),
  team: teamSettingsSchema
    .prefault({})
    .describe('The standing team: members that work by schedule and message.'),
  install: install.prefault({}).describe('How dependencies are installed for gates and agents.'),
});
export type RepositorySettings = z.infer<typeof repositorySettingsSchema>;

/** What holds in a repository that sets nothing. */
export const DEFAULT_REPOSITORY_SETTINGS: RepositorySettings = repositorySettingsSchema.parse({});
