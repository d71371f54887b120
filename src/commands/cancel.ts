import { defineCommand, toProblem } from '../domain/command.ts';
import { remarkSchema } from '../domain/remark.ts';

export const command = defineCommand({
  name: 'cancel',
  summary: 'Stops the run. Commits that it has pushed stay on its branch.',
  usage: '/baton cancel [reason]',
  examples: ['/baton cancel', '/baton cancel The issue is obsolete.'],
  requires: 'write',
  parse(text) {
    const reason = remarkSchema.safeParse(text);
    return reason.success
      ? { ask: { kind: 'cancel', reason: reason.data } }
      : { problem: toProblem(reason.error) };
  },
});
