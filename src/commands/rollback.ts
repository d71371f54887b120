import { z } from 'zod';
import { defineCommand, toProblem } from '../domain/command.ts';
import { remarkSchema } from '../domain/remark.ts';

const stepSchema = z
  .string()
  .toLowerCase()
  // As the state of a run writes it: `test_definition`.
  .overwrite((name) => name.replaceAll('_', '-'))
  .regex(
    /^[a-z][a-z0-9-]{0,63}$/,
    'the name of a step goes after `rollback`, as `/baton status` lists them, such as `/baton rollback architecture`',
  );

export const command = defineCommand({
  name: 'rollback',
  summary: 'Takes the run, its branch and its checks back to the end of a step, and goes on from there.',
  usage: '/baton rollback <step> [guidance]',
  examples: ['/baton rollback architecture', '/baton rollback architecture Keep the old route as well.'],
  requires: 'write',
  parse(text) {
    const end = text.indexOf(' ');
    const step = stepSchema.safeParse(end === -1 ? text : text.slice(0, end));
    const guidance = remarkSchema.safeParse(end === -1 ? '' : text.slice(end + 1).trim());
    if (!step.success) {
      return { problem: toProblem(step.error) };
    }
    return guidance.success
      ? { ask: { kind: 'rollback', step: step.data, guidance: guidance.data } }
      : { problem: toProblem(guidance.error) };
  },
});
