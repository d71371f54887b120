import { z } from 'zod';
import { acceptanceCriterionSchema } from './acceptance-criteria.ts';
import { answeredChecklistSchema } from './answered-checklist.ts';
import { askedSchema } from './asked.ts';
import { choiceSchema } from './choice.ts';
import { deferredSchema, filedDebtSchema, unfiledDebtSchema } from './debt.ts';
import { factsSchema } from './fact.ts';
import { findingSchema } from './finding.ts';
import { escalationFields } from './hold.ts';
import { shaSchema } from './sha.ts';
import { attemptUsageSchema } from './usage.ts';
import { gateVerdictSchema } from './verdict.ts';
import { workGraphSchema } from './work-graph.ts';
import { stepSchema } from './workflow.ts';

const question = {
  question: z.string().min(1),
  /** Markdown that the person decides on. */
  shown: z.string(),
  findings: z.array(findingSchema).default([]),
};

/** Why a person is asked, and what exactly they are shown. */
const holdRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['approval', 'security']), ...question }),
  z.object({ kind: z.literal('escalation'), ...question, ...escalationFields }),
]);

const pullRequestSchema = z.object({ number: z.int().positive(), url: z.string() });

const judged = {
  summary: z.string(),
  /** Gate verdicts, when the step judged with gates. */
  verdicts: z.array(gateVerdictSchema).default([]),
  /** What the models used that were asked; absent when none was. */
  usage: attemptUsageSchema.optional(),
  /** Who was asked, in order; absent when nobody was. */
  asked: z.array(askedSchema).optional(),
};

const reviewed = {
  /** What each reviewer answered, when the step reviewed; side by side in the order of the workflow. */
  checklists: z.array(answeredChecklistSchema).optional(),
};

/** A commit on a branch of its own, that a step has written beside others. */
export const partSchema = z.object({ step: z.string(), title: z.string(), commit: shaSchema });
export type Part = z.infer<typeof partSchema>;

const parted = {
  /** What was written on branches of its own, in the order of the workflow; not merged yet. */
  parts: z.array(partSchema).optional(),
};

const documented = {
  /** The commit of a document that Baton itself has written about it. */
  checkpoint: shaSchema.optional(),
};

const deferring = {
  /** Work that was put off; side by side in the order of the workflow. */
  deferred: z.array(deferredSchema).optional(),
};

/**
 * How one attempt at a step ended. `rejected` speaks of the work, `broke` of the tool or agent;
 * only `passed` moves a run forward.
 */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('passed'),
    ...judged,
    ...reviewed,
    /** What could be better and does not hold it up. */
    findings: z.array(findingSchema).optional(),
    details: z.string().default(''),
    facts: factsSchema.default({}),
    /** The checkpoint that seals the step, when it wrote. */
    checkpoint: shaSchema.optional(),
    pullRequest: pullRequestSchema.optional(),
    ...deferring,
    /** Which of the run's debts have an issue now, and which have none; of the step that files them. */
    debts: z.array(filedDebtSchema).optional(),
    unfiled: z.array(unfiledDebtSchema).optional(),
    ...parted,
    /** What must hold when the run is done; of the step that settles it. */
    criteria: z.array(acceptanceCriterionSchema).min(1).optional(),
    /** The steps that are to be done from here, when they were laid out by a document. */
    planned: z.array(stepSchema).min(1).optional(),
    /** How those steps hang together. */
    graph: workGraphSchema.optional(),
    /** The workflow that is to be done from here, and why; `task` when it is for a part of the issue. */
    chosen: z.object({ workflow: z.string(), choice: choiceSchema, task: z.string().optional() }).optional(),
  }),
  z.object({
    kind: z.literal('rejected'),
    ...judged,
    ...reviewed,
    ...deferring,
    ...documented,
    /** What tells this way of doing the work from others, when it was given up: a digest of its plan. */
    approach: z.string().optional(),
    /** Another plan would not mend it, so that none is asked for. */
    isNoMatterOfThePlan: z.literal(true).optional(),
    findings: z.array(findingSchema),
  }),
  z.object({
    kind: z.literal('held'),
    ...judged,
    ...documented,
    ...parted,
    /** What counts when a person accepts it as it is. */
    details: z.string().default(''),
    facts: factsSchema.default({}),
    hold: holdRequestSchema,
  }),
  z.object({
    kind: z.literal('broke'),
    ...judged,
    ...reviewed,
    ...parted,
    remedy: z.string(),
    retriable: z.boolean(),
  }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
/** An outcome as a step kind writes it: empty lists may be left out. */
export type OutcomeInput = z.input<typeof outcomeSchema>;

/** What a run's history holds for a step: how an attempt ended, or that the step was passed over. */
export const recordedOutcomeSchema = z.discriminatedUnion('kind', [
  ...outcomeSchema.options,
  z.object({ kind: z.literal('skipped'), ...judged }),
]);
