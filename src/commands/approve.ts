import { z } from 'zod';
import { defineCommand, toProblem } from '../domain/command.ts';

const digestSchema = z
  .string()
  .toLowerCase()
  .regex(
    /^[0-9a-f]{6,12}$/,
    'only the digest that the run shows may go after `approve`, or at least its first 6 characters, such as `/baton approve 3f9c21`',
  );

export const command = defineCommand({
  name: 'approve',
  summary: 'Approves what the run shows; the digest makes sure that it is still the same.',
  usage: '/baton approve [digest]',
  examples: ['/baton approve', '/baton approve 3f9c21a07b4e'],
  requires: 'write',
  parse(text) {
    if (text === '') {
      return { ask: { kind: 'approve', digest: null } };
    }
    const digest = digestSchema.safeParse(text);
    return digest.success
      ? { ask: { kind: 'approve', digest: digest.data } }
      : { problem: toProblem(digest.error) };
  },
});
