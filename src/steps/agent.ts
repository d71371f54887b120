import { z } from 'zod';
import { type FactSpecs, type Facts, factSpecsSchema, toFactFaults } from '../domain/fact.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { toEscalationOutcome } from '../domain/reported-escalation.ts';
import type { Sha } from '../domain/sha.ts';
import { type Answer, defineStepKind } from '../domain/step-kind.ts';
import type { Step } from '../domain/workflow.ts';

const options = z.strictObject({
  role: z.string().min(1).describe('Name of the role that is asked.'),
  access: z.enum(['read', 'write']).default('read').describe('Whether the role may change files.'),
  unchanged: z
    .literal('accepted')
    .optional()
    .describe(
      'A role with `write` may find that nothing has to change, as when its part of the work is done again and still holds.',
    ),
  branch: z
    .literal('own')
    .optional()
    .describe(
      'What it writes stays on a branch of its own, so that several can write at the same time; a `merge` step joins them.',
    ),
  task: z
    .string()
    .min(1)
    .max(50_000)
    .optional()
    .describe('What it is about, when that is not the issue as a whole.'),
  context: z
    .literal('task')
    .optional()
    .describe('The role is told the `task` and nothing else of the run; all that is known when absent.'),
  facts: factSpecsSchema
    .default({})
    .describe('Facts that the role must report; later steps can be made to depend on them with `when`.'),
  show: z
    .enum(['folded', 'open'])
    .default('folded')
    .describe(
      'How the pull request shows what the role hands over: folded, or as a section of its own, for what somebody has to act on.',
    ),
  timeoutMinutes: z
    .number()
    .positive()
    .max(240)
    .default(30)
    .describe('Time limit of one attempt, in minutes.'),
});

export const stepKind = defineStepKind({
  name: 'agent',
  summary: 'Asks a role for work: a triage, a design, a change. What it writes becomes a checkpoint commit.',
  options,
  endings: ['passed', 'escalation'],
  role: ({ role }) => role,
  writes: ({ access }) => access === 'write',
  facts: ({ facts }) => facts,
  async perform({ step, options: given, world }) {
    const { role, access, branch, task, context, facts, timeoutMinutes } = given;
    const answer = await world.ask({
      role,
      report: 'work',
      access,
      facts,
      ...(branch === undefined ? {} : { branch }),
      ...(task === undefined ? {} : { task }),
      ...(context === undefined ? {} : { context }),
      timeoutMs: timeoutMinutes * 60_000,
    });
    switch (answer.kind) {
      case 'broke':
        return answer;
      case 'refused':
        return {
          kind: 'broke',
          summary: `what ${role} wrote cannot be committed: ${answer.findings.map((finding) => finding.message).join('; ')}`,
          remedy: `Retry with guidance on what ${role} must leave alone.`,
          retriable: true,
        };
      case 'reported':
        return toOutcome(step, given, answer);
    }
  },
});

type Reported = Extract<Answer<'work'>, { kind: 'reported' }>;

/** A report counts when it has the facts that were asked for, and when work that was asked for is there. */
function toOutcome(
  step: Step,
  { role, access, unchanged, branch, facts }: z.infer<typeof options>,
  { report, checkpoint }: Reported,
): OutcomeInput {
  if (report.escalation !== undefined) {
    return toEscalationOutcome(step.id, { ...report, escalation: report.escalation });
  }
  const faults = toFactFaults(facts, report.facts);
  if (faults.length > 0) {
    return broke(`the report of ${role} lacks what later steps depend on: ${faults.join('; ')}`);
  }
  if (access === 'write' && unchanged === undefined && checkpoint === undefined) {
    return broke(`${role} reported work in ${step.id} but changed no file`);
  }
  return {
    kind: 'passed',
    summary: report.summary,
    details: report.details,
    facts: askedFor(facts, report.facts),
    deferred: report.deferred,
    ...(checkpoint === undefined ? {} : toWritten(step, branch, checkpoint)),
  };
}

/** On a branch of its own it is a part of what is to be merged, and no checkpoint of the run. */
function toWritten({ id, title = id }: Step, branch: 'own' | undefined, commit: Sha) {
  return branch === 'own' ? { parts: [{ step: id, title, commit }] } : { checkpoint: commit };
}

/** Nobody decides what later steps depend on without having been asked: a fact that was answered stays answered. */
function askedFor(specs: FactSpecs, reported: Facts): Facts {
  return Object.fromEntries(Object.entries(reported).filter(([name]) => Object.hasOwn(specs, name)));
}

function broke(summary: string): OutcomeInput {
  return {
    kind: 'broke',
    summary,
    remedy: 'Check that the issue asks for this work, or retry with guidance.',
    retriable: true,
  };
}
