import { z } from 'zod';
import { actorSchema } from './actor.ts';
import { amountSchema } from './amount.ts';
import { changeSchema } from './change.ts';
import { choiceSchema } from './choice.ts';
import { filedDebtSchema, unfiledDebtSchema } from './debt.ts';
import { factsSchema } from './fact.ts';
import { feedbackSchema } from './feedback.ts';
import { holdSchema } from './hold.ts';
import { legSchema } from './leg.ts';
import { recordedOutcomeSchema } from './outcome.ts';
import { repositorySettingsSchema } from './repository-settings.ts';
import { shaSchema } from './sha.ts';
import { subjectSchema } from './subject.ts';
import { ticketSchema } from './ticket.ts';
import { definitionSchema } from './workflow.ts';

/** What was asked, by whom. Fixed when the run is made. */
export const orderSchema = z.object({
  /** Derived from the meaning of the trigger, so that a duplicate of it is the same run. */
  id: z.string().min(1),
  subject: subjectSchema,
  ticket: ticketSchema,
  requestedBy: actorSchema,
  /** The member of the team that asked for it; absent when a person did. */
  member: z.string().optional(),
  /** Human words for what started it, such as `label baton`. */
  trigger: z.string(),
  /** ISO time of the trigger. */
  requestedAt: z.iso.datetime(),
  /** The workflow that was asked for; null leaves the choice to Baton. */
  workflow: z.string().nullable(),
  /** What is judged, when the subject is a pull request. Such a run writes nothing. */
  change: changeSchema.optional(),
  /** The only branch the run may push to. */
  branch: z.string().startsWith('baton/'),
  /** How untrusted processes are kept apart; `none` is shown on every page and comment of the run. */
  sandbox: z.enum(['bubblewrap', 'none']),
});
export type Order = z.infer<typeof orderSchema>;

/** One finished attempt at a step. */
export const recordSchema = z.object({
  step: z.string(),
  attempt: z.int().positive(),
  outcome: recordedOutcomeSchema,
  /** The commit that was judged or worked on. */
  head: shaSchema,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** What a person decided about this attempt, when one was asked. */
  decided: z
    .object({
      by: actorSchema,
      kind: z.enum([
        'approved',
        'rejected',
        'chosen',
        'retried',
        'voided',
        'rolled-back',
        'cancelled',
        'merged',
      ]),
      at: z.iso.datetime(),
      reason: z.string(),
      /** What was approved for security, word by word, with a signature of this server. */
      signed: z.string().optional(),
    })
    .optional(),
  /** The leg of the run that it was made in, by its number; absent outside of one. */
  leg: z.int().nonnegative().optional(),
  /** It waited for something else than a person, and that has come. */
  lapsed: z.literal(true).optional(),
  /** It was taken back by a rollback: it counts as an attempt, and for nothing else. */
  undone: z.literal(true).optional(),
});
export type StepRecord = z.infer<typeof recordSchema>;

/** What a person did with a run besides answering its questions. */
const interventionSchema = z.object({
  by: actorSchema,
  at: z.iso.datetime(),
  kind: z.enum(['paused', 'resumed', 'rolled-back']),
  /** The step the run was at, or that it was rolled back to. */
  step: z.string(),
  reason: z.string(),
});
export type Intervention = z.infer<typeof interventionSchema>;

/** More to use than the budgets of the run and its subject allow, by somebody's word. */
const raiseSchema = z.object({ by: actorSchema, at: z.iso.datetime(), amount: amountSchema });

/** What became of the words of the issue since; the newest change. */
const editSchema = z.object({ by: actorSchema, at: z.iso.datetime(), differs: z.boolean() });

const base = z.object({ ref: z.string(), sha: shaSchema });
const pullRequest = z.object({ number: z.int().positive(), url: z.string() });

const progress = {
  order: orderSchema,
  /** What the run does, as it was at the base: a run never changes under its own feet. */
  definition: definitionSchema,
  /** Why it is this workflow. */
  choice: choiceSchema,
  /** What the repository sets for itself, at the base. */
  settings: repositorySettingsSchema,
  base,
  /** Newest commit of the run: its last checkpoint, or the base before the first. */
  head: shaSchema,
  history: z.array(recordSchema),
  /** What its steps have chosen to do, oldest first. */
  legs: z.array(legSchema).default([]),
  /** How often each step rejected since its counter was last cleared. */
  rejections: z.record(z.string(), z.int().nonnegative()),
  facts: factsSchema,
  interventions: z.array(interventionSchema),
  pullRequest: pullRequest.optional(),
  raises: z.array(raiseSchema).optional(),
  edit: editSchema.optional(),
  /** Work put off that has an issue, and what has none. */
  debts: z.array(filedDebtSchema).default([]),
  unfiled: z.array(unfiledDebtSchema).default([]),
};

const atStep = { step: z.string(), attempt: z.int().positive(), since: z.iso.datetime() };
const ended = { endedAt: z.iso.datetime() };

/** One execution of a workflow. Each state has exactly the fields that mean something in it. */
export const runSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('queued'), order: orderSchema }),
  z.object({ state: z.literal('running'), ...progress, ...atStep, feedback: feedbackSchema.optional() }),
  z.object({ state: z.literal('held'), ...progress, ...atStep, hold: holdSchema }),
  z.object({ state: z.literal('succeeded'), ...progress, ...ended }),
  /** A person has merged what it had proposed before its last step was done. */
  z.object({ state: z.literal('merged'), ...progress, ...ended, by: actorSchema }),
  z.object({ state: z.literal('failed'), ...progress, ...ended, reason: z.string() }),
  z.object({ state: z.literal('cancelled'), ...progress, ...ended, by: actorSchema, reason: z.string() }),
  z.object({
    state: z.literal('withdrawn'),
    order: orderSchema,
    ...ended,
    by: actorSchema,
    reason: z.string(),
  }),
  z.object({ state: z.literal('refused'), order: orderSchema, ...ended, reason: z.string() }),
]);
export type Run = z.infer<typeof runSchema>;
export type QueuedRun = Extract<Run, { state: 'queued' }>;
export type RunningRun = Extract<Run, { state: 'running' }>;
export type HeldRun = Extract<Run, { state: 'held' }>;
export type EndedRun = Extract<Run, { endedAt: string }>;
/** A run that has begun: it has a base, a head and a history. */
export type BegunRun = Extract<Run, { history: unknown }>;

export function isEnded(run: Run): run is EndedRun {
  return 'endedAt' in run;
}

export function isBegun(run: Run): run is BegunRun {
  return 'history' in run;
}
