import { statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { acpAgentSchema } from '../../domain/acp-agent.ts';
import { runtimesSchema } from '../by-runtime.ts';
import { homeSchema } from '../home.ts';
import { oneOf } from '../one-of.ts';
import { defineSetting } from '../setting.ts';
import { yamlFileSchema } from '../yaml-file.ts';

const limitSchema = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'must be a number from 1 to 999')
  .transform(Number);

const directorySchema = z.string().superRefine((text, context) => {
  if (!path.isAbsolute(text)) {
    context.addIssue({ code: 'custom', message: `must name absolute paths` });
  } else if (statSync(text, { throwIfNoEntry: false })?.isDirectory() !== true) {
    context.addIssue({ code: 'custom', message: `names something that is not a directory` });
  }
});

/** How agents and gate commands run. */
export const agentSettings = {
  SANDBOX: defineSetting({
    description:
      'How agents and gate commands are kept apart from this machine: `bubblewrap`, or `none`, which lets whatever ' +
      'a repository or an agent starts do all that Baton can.',
    schema: oneOf(['bubblewrap', 'none']),
    default: 'bubblewrap',
    remedy: 'Leave it out for bubblewrap.',
  }),
  BATON_TRUST_EVERY_REPOSITORY: defineSetting({
    description:
      'Must be `yes` for `SANDBOX=none`: you trust everyone who can write to any of the repositories.',
    schema: oneOf(['yes']).optional(),
    remedy: 'Leave it out, and leave out SANDBOX as well.',
  }),
  BATON_RUNTIME: defineSetting({
    description:
      'The runtime that executes the roles: `ai-sdk`, which asks the models of `BATON_PROVIDER`; `claude`, `codex` or ' +
      '`acp`, which are programs that are installed apart: of Anthropic, of OpenAI, and any that speaks the Agent Client ' +
      'Protocol; or `replay`, which plays recorded answers. ' +
      'Of several, as in `claude,ai-sdk`, each is asked when those before it have failed.',
    schema: runtimesSchema,
    remedy: 'Set it to `ai-sdk`, `claude`, `codex` or `acp`, or to `replay` to play recorded answers.',
  }),
  BATON_RUNTIME_CHOICES: defineSetting({
    description:
      'Further runtimes that roles and repositories may choose, joined by commas. Those of `BATON_RUNTIME` they may ' +
      'choose anyhow.',
    schema: runtimesSchema.optional(),
    remedy: 'Give names of runtimes joined by commas, or leave it out.',
  }),
  BATON_TURNS: defineSetting({
    description:
      'Most answers of the model in one attempt of an agent. Roles and repositories can set fewer. Runtimes that are ' +
      'programs count them in their own way.',
    schema: limitSchema,
    default: '60',
    remedy: 'Leave it out for 60.',
  }),
  BATON_BREAKER_FAILURES: defineSetting({
    description:
      'After so many failures in a row a runtime and its model are spared, as long as something else can be asked.',
    schema: limitSchema,
    default: '3',
    remedy: 'Leave it out for 3.',
  }),
  BATON_BREAKER_SECONDS: defineSetting({
    description: 'For how long they are spared. Then one attempt tries them again.',
    schema: limitSchema,
    default: '120',
    remedy: 'Leave it out for 120.',
  }),
  BATON_RUNTIMES: defineSetting({
    description:
      'Directory with the programs of the runtimes `claude`, `codex` and `acp`, where `npm run baton -- runtimes install` puts ' +
      'them. Without it `runtimes` below `BATON_HOME`.',
    schema: homeSchema.optional(),
    remedy: 'Give an absolute path, or leave it out.',
  }),
  BATON_ACP_AGENT: defineSetting({
    description:
      'YAML file that describes the agent of the runtime `acp`: its command, its files, and how it finds its models. ' +
      'Without it OpenCode, as it is installed.',
    schema: yamlFileSchema(acpAgentSchema).optional(),
    remedy: 'See docs/guides/agent-programs.md for an example, or leave it out for OpenCode.',
  }),
  BATON_REPLAY_DIR: defineSetting({
    description:
      'Directory with the recorded answers of the `replay` runtime: `<step>.<attempt>.json` for each call, with its `report` and, if ' +
      'it changes files, the name of a `patch` beside it. `delayMs` says how long the agent thinks, and `until` names a file ' +
      'in the directory that it then waits for; a call fails that would last longer than its step may.',
    schema: directorySchema.optional(),
    remedy: 'Give the absolute path of a directory with recorded answers.',
  }),
  BATON_TOOLS: defineSetting({
    description:
      'Directories with tools for the commands of gates and agents, separated by colons. They can be read in the sandbox and are put ' +
      'on its PATH.',
    schema: z
      .string()
      .transform((text) => text.split(':').filter((part) => part !== ''))
      .pipe(z.array(directorySchema))
      .optional(),
    remedy: 'Give absolute paths of directories, such as /opt/node/bin:/opt/python/bin.',
  }),
  BATON_AGENT_LIMIT: defineSetting({
    description: 'How many agents work at the same time, in all replicas together.',
    schema: limitSchema,
    default: '4',
    remedy: 'Leave it out for 4.',
  }),
  BATON_AGENT_LIMIT_PER_ROLE: defineSetting({
    description:
      'How many agents of one role work at the same time, in all replicas together. The modules of a phase of a spec are built by one role.',
    schema: limitSchema,
    default: '4',
    remedy: 'Leave it out for 4.',
  }),
};
