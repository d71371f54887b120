import { defineCommand, toProblem } from '../domain/command.ts';
import { remarkSchema } from '../domain/remark.ts';

const reasonSchema = remarkSchema.min(
  1,
  'say after `reject` what has to change, such as `/baton reject Keep the old endpoint working.`',
);

export const command = defineCommand({
  name: 'reject',
  summary: 'Sends what the run shows back, with your reason.',
  usage: '/baton reject <reason>',
  examples: ['/baton reject Keep the old endpoint working.'],
  requires: 'write',
  parse(text) {
    const reason = reasonSchema.safeParse(text);
    return reason.success
      ? { ask: { kind: 'reject', reason: reason.data } }
      : { problem: toProblem(reason.error) };
  },
});
