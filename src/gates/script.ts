import { z } from 'zod';
import { defineGate } from '../domain/gate.ts';
import { judgeCommand } from './parts/judge-command.ts';

const options = z.strictObject({
  command: z.string().min(1).max(4_000).describe('A shell script; it passes when it ends with 0.'),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(600_000)
    .describe('How long the script may take, in milliseconds.'),
});

/** Judges by the exit code of a script that the workflow brings, run on the files of the head commit. */
export const gate = defineGate({
  name: 'script',
  summary: 'Runs a shell script that the workflow or a spec names, and judges by its exit code.',
  options,
  judge: (evidence, { command, timeoutMs }) =>
    judgeCommand(evidence, { command, check: 'the script', runs: 'the-change', timeoutMs, reports: [] }),
});
