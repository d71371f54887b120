import { z } from 'zod';

/** A report that a command writes, and what it must say for the command to have passed. */
export const reportFileSchema = z
  .strictObject({
    format: z.enum(['junit', 'sarif', 'lcov', 'cobertura']).describe('What the file is.'),
    path: z.string().min(1).max(300).describe('Where the command writes it, from the top of the repository.'),
    minLines: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('Least share of covered lines, in per cent; for `lcov` and `cobertura`.'),
  })
  .refine(
    ({ format, minLines }) => minLines === undefined || format === 'lcov' || format === 'cobertura',
    'only `lcov` and `cobertura` say how many lines are covered',
  );
export type ReportFile = z.infer<typeof reportFileSchema>;
