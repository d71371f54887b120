import { defineCommand, toProblem } from '../domain/command.ts';
import { remarkSchema } from '../domain/remark.ts';

export const command = defineCommand({
  name: 'retry',
  summary:
    'Lets an escalated run go on, with guidance for the agent if you give some; from an earlier step when you name one. Where an approval waits, asks again about what you have pushed since.',
  usage: '/baton retry [step] [guidance]',
  examples: [
    '/baton retry',
    '/baton retry Use the existing date parser.',
    '/baton retry architecture Keep the old route as well.',
  ],
  requires: 'write',
  parse(text) {
    const guidance = remarkSchema.safeParse(text);
    return guidance.success
      ? { ask: { kind: 'retry', guidance: guidance.data } }
      : { problem: toProblem(guidance.error) };
  },
});
