import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';
import { reportFileSchema } from '../domain/report-file.ts';
import { chooseCommand } from './parts/choose-command.ts';
import { judgeCommand } from './parts/judge-command.ts';

const BASE =
  'on the default branch, then start another run: this one is judged by what its base commit says.';

const options = z.strictObject({
  check: z
    .string()
    .min(1)
    .describe('The check of the profile to run, such as `tests`, `lint`, `types` or `format`.'),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(600_000)
    .describe('How long the command may take, in milliseconds.'),
  reports: z
    .array(reportFileSchema)
    .max(5)
    .default([])
    .describe(
      'Reports that the command writes, besides those of the profile. They give findings, and must not contradict an exit code of 0. Each has a `format` (`junit`, `sarif`, `lcov`, `cobertura`), a `path`, and for coverage `minLines`, the least share of covered lines in per cent.',
    ),
  minLines: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'Least share of covered lines, in per cent: by the reports, else by what the command has written to the usual places or printed.',
    ),
  required: z
    .boolean()
    .default(false)
    .describe('Whether a check that the repository has not set up breaks the gate, or skips it.'),
});

/** Judges by the exit code of a command that the base commit names, run on the files of the head commit. */
export const gate = defineGate({
  name: 'command',
  summary:
    "Runs one of the repository's own checks, as the base commit defines it, and judges by its exit code and its reports.",
  options,
  async judge(evidence, { check, timeoutMs, reports, minLines, required }) {
    const choice = await chooseCommand(evidence, check);
    switch (choice.kind) {
      case 'nothing':
        return { kind: 'skip', summary: choice.reason };
      case 'not-set-up': {
        const { reason, install } = choice;
        return required
          ? {
              kind: 'broke',
              summary: `${check} could not run: ${reason}`,
              remedy: `${install} Do so ${BASE}`,
              permanent: true,
            }
          : { kind: 'skip', summary: `${reason} ${install}` };
      }
      case 'unreadable':
        return {
          kind: 'broke',
          summary: choice.reason,
          remedy: `Correct package.json ${BASE}`,
          permanent: true,
        };
      case 'undecided':
        return {
          kind: 'fail',
          summary: `${check} cannot judge this change.`,
          findings: [{ message: choice.reason, severity: 'error' }],
        };
      case 'run':
        return await judgeCommand(evidence, {
          command: choice.command,
          check,
          runs: 'what-was-there',
          timeoutMs,
          ...(choice.install === undefined ? {} : { install: choice.install }),
          ...(choice.egress === undefined ? {} : { egress: choice.egress }),
          ...(minLines === undefined ? {} : { minLines }),
          reports: [...choice.reports, ...reports],
        });
    }
  },
});
