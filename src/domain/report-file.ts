import { z } from 'zod';

const COVERAGE = ['lcov', 'cobertura', 'go-cover'] as const;

/** A report that a command writes, and what it must say for the command to have passed. */
export const reportFileSchema = z
  .strictObject({
    format: z
      .enum([
        'junit',
        'go-test',
        'sarif',
        'bandit',
        'pip-audit',
        'npm-audit',
        'pnpm-audit',
        'yarn-audit',
        ...COVERAGE,
      ])
      .describe('What the file is.'),
    path: z.string().min(1).max(300).describe('Where the command writes it, from the top of the repository.'),
    minLines: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('Least share of covered lines, in per cent; for `lcov`, `cobertura` and `go-cover`.'),
  })
  .refine(
    (file) => file.minLines === undefined || isCoverage(file),
    'only `lcov`, `cobertura` and `go-cover` say how many lines are covered',
  );
export type ReportFile = z.infer<typeof reportFileSchema>;

/** Whether it says how much is covered. */
export function isCoverage({ format }: { readonly format: string }): boolean {
  return COVERAGE.some((one) => one === format);
}
