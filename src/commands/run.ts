import { z } from 'zod';
import { defineCommand, toProblem } from '../domain/command.ts';

const workflowSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9-]{0,63}$/,
    'a workflow name is one word of lower-case letters, digits and hyphens, such as `/baton run backend-feature`',
  );

const commitSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^[0-9a-f]{7,40}$/,
    'after the workflow comes nothing, or a commit by at least 7 of its digits, such as `/baton run review 1a2b3c4`',
  );

export const command = defineCommand({
  name: 'run',
  summary:
    'Starts a workflow on this issue or pull request; without a name Baton chooses it. The pull request of a fork is reviewed only when its newest commit is named.',
  usage: '/baton run [workflow] [commit]',
  examples: ['/baton run', '/baton run feature', '/baton run review 1a2b3c4'],
  requires: 'write',
  parse(text) {
    const space = text.search(/\s|$/);
    const [name, rest] = [text.slice(0, space), text.slice(space).trim()];
    if (name === '') {
      return { ask: { kind: 'start', workflow: null } };
    }
    const workflow = workflowSchema.safeParse(name);
    if (!workflow.success) {
      return { problem: toProblem(workflow.error) };
    }
    if (rest === '') {
      return { ask: { kind: 'start', workflow: workflow.data } };
    }
    const commit = commitSchema.safeParse(rest);
    return commit.success
      ? { ask: { kind: 'start', workflow: workflow.data, commit: commit.data } }
      : { problem: toProblem(commit.error) };
  },
});
