import { z } from 'zod';
import { defineCommand, toProblem } from '../domain/command.ts';

const workflowSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^[a-z][a-z0-9-]{0,63}$/,
    'a workflow name is one word of lower-case letters, digits and hyphens, such as `/baton run backend-feature`',
  );

export const command = defineCommand({
  name: 'run',
  summary: 'Starts a workflow on this issue; without a name Baton chooses it.',
  usage: '/baton run [workflow]',
  examples: ['/baton run', '/baton run feature'],
  requires: 'write',
  parse(text) {
    if (text === '') {
      return { ask: { kind: 'start', workflow: null } };
    }
    const workflow = workflowSchema.safeParse(text);
    return workflow.success
      ? { ask: { kind: 'start', workflow: workflow.data } }
      : { problem: toProblem(workflow.error) };
  },
});
