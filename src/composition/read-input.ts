import { z } from 'zod';
import { ReplayError } from '../ports/durable.ts';

/**
 * What a workflow was started with, as its code takes it.
 * @throws ReplayError when it is nothing of the kind, so that the workflow is abandoned and does not just vanish.
 */
export function readInput<Input>(schema: z.ZodType<Input>, input: unknown): Input {
  const read = schema.safeParse(input);
  if (!read.success) {
    throw new ReplayError(
      `What it was started with cannot be read; another version of Baton wrote it, or it is damaged: ${z.prettifyError(read.error)}`,
    );
  }
  return read.data;
}
