import { defineCommand, toProblem } from '../domain/command.ts';
import { remarkSchema } from '../domain/remark.ts';

export const command = defineCommand({
  name: 'pause',
  summary: 'Interrupts the run; nothing goes on until somebody resumes it.',
  usage: '/baton pause [reason]',
  examples: ['/baton pause', '/baton pause The release comes first.'],
  requires: 'write',
  parse(text) {
    const reason = remarkSchema.safeParse(text);
    return reason.success
      ? { ask: { kind: 'pause', reason: reason.data } }
      : { problem: toProblem(reason.error) };
  },
});
