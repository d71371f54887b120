import { z } from 'zod';
import { defineCommand, toProblem } from '../domain/command.ts';

const optionSchema = z
  .string()
  .regex(
    /^[1-9]\d?$/,
    'the number of one option goes after `choose`, as the question lists them, such as `/baton choose 2`',
  );

export const command = defineCommand({
  name: 'choose',
  summary: 'Answers a question that has numbered options.',
  usage: '/baton choose <number>',
  examples: ['/baton choose 2'],
  requires: 'write',
  parse(text) {
    const option = optionSchema.safeParse(text);
    return option.success
      ? { ask: { kind: 'choose', option: Number(option.data) } }
      : { problem: toProblem(option.error) };
  },
});
