import { defineCommand, toProblem } from '../domain/command.ts';
import { remarkSchema } from '../domain/remark.ts';

export const command = defineCommand({
  name: 'retry',
  summary: 'Lets an escalated run go on, with guidance for the agent if you give some.',
  usage: '/baton retry [guidance]',
  examples: ['/baton retry', '/baton retry Use the existing date parser.'],
  requires: 'write',
  parse(text) {
    const guidance = remarkSchema.safeParse(text);
    return guidance.success
      ? { ask: { kind: 'retry', guidance: guidance.data } }
      : { problem: toProblem(guidance.error) };
  },
});
