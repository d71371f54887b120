import { z } from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import type { Finding } from '../domain/finding.ts';
import { defineGate } from '../domain/gate.ts';
import { type Criterion, criterionSchema } from '../domain/spec/criterion.ts';
import { isThere } from './parts/is-there.ts';
import { judgeCommand } from './parts/judge-command.ts';

const options = z.strictObject({
  criteria: z
    .array(criterionSchema)
    .describe(
      'What must hold: files that are there, or are not, and commands that end with 0. Prose is left to a reviewer.',
    ),
  files: z.array(z.string().min(1)).default([]).describe('Globs, each of which some file must match.'),
  timeoutMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(600_000)
    .describe('How long one command may take, in milliseconds.'),
});

/** Judges what a spec promises by looking, never by what an agent says of it. */
export const gate = defineGate({
  name: 'criteria',
  summary: 'Looks whether what a spec promises holds: files are there or gone, commands end with 0.',
  options,
  async judge(evidence, { criteria, files, timeoutMs }) {
    const paths = await evidence.paths();
    const findings = [
      ...files.filter((file) => !isThere(file, paths)).map((file) => toFinding(`there is no file ${file}`)),
      ...criteria.flatMap((criterion) => findUnmet(criterion, paths)),
    ];
    const commands = criteria.filter((criterion) => criterion.kind === 'command');
    const judged = await judgeCommands(evidence, commands, timeoutMs);
    if (judged.broken !== undefined) {
      return judged.broken;
    }
    const all = [...findings, ...judged.findings];
    const looked = criteria.filter(({ kind }) => kind !== 'prose').length + files.length;
    if (looked === 0) {
      return { kind: 'skip', summary: 'Nothing is promised that can be looked at.' };
    }
    return all.length === 0
      ? { kind: 'pass', summary: `All ${looked} that can be looked at hold.` }
      : { kind: 'fail', summary: `${all.length} of ${looked} do not hold.`, findings: all };
  },
});

type CommandCriterion = Extract<Criterion, { kind: 'command' }>;

/** One after another: they share a tree, and may be meant in this order. */
async function judgeCommands(evidence: Evidence, commands: readonly CommandCriterion[], timeoutMs: number) {
  const findings: Finding[] = [];
  for (const { command, text } of commands) {
    const verdict = await judgeCommand(evidence, {
      command,
      check: text,
      runs: 'the-change',
      timeoutMs,
      reports: [],
    });
    if (verdict.kind === 'broke') {
      return { findings, broken: verdict };
    }
    if (verdict.kind === 'fail') {
      findings.push(toFinding(`not met: ${text}`), ...verdict.findings);
    }
  }
  return { findings };
}

function findUnmet(criterion: Criterion, paths: readonly string[]): Finding[] {
  switch (criterion.kind) {
    case 'files': {
      const missing = criterion.patterns.filter((pattern) => !isThere(pattern, paths));
      return missing.map((pattern) => toFinding(`not met: ${criterion.text}; nothing matches ${pattern}`));
    }
    case 'no-files': {
      const left = criterion.patterns.filter((pattern) => isThere(pattern, paths));
      return left.map((pattern) => toFinding(`not met: ${criterion.text}; ${pattern} is still there`));
    }
    case 'command':
    case 'prose':
      return [];
  }
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}
