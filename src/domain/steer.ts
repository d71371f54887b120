import { z } from 'zod';
import { amountSchema } from './amount.ts';
import { shaSchema } from './sha.ts';

/**
 * ISO time of the person's answer on GitHub. Absent for a button: it is there only while its question is, and GitHub
 * does not tell when it was pressed.
 */
const givenAt = z.iso.datetime().optional();

/** What a person asks of a run that exists. */
export const steerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('approve'),
    /** ISO time of the person's answer on GitHub. */
    givenAt: z.iso.datetime(),
    /** The live head of the run's branch when the answer was processed; null while it has no branch. */
    head: shaSchema.nullable(),
    /** The short digest the person named, when they named one. */
    digest: z.string().optional(),
    /** The team by which they may release a security hold, looked up when the answer was processed. */
    team: z.string().optional(),
  }),
  z.object({
    kind: z.literal('reject'),
    givenAt,
    reason: z.string(),
    /** As in an approval. */
    digest: z.string().optional(),
  }),
  z.object({
    kind: z.literal('choose'),
    givenAt,
    /** Number of an option, from 1. */
    option: z.int().positive(),
    /** The question that is answered, when a button names it. */
    stamp: z.string().optional(),
    /** As in an approval. */
    head: shaSchema.nullable(),
  }),
  z.object({
    kind: z.literal('retry'),
    givenAt,
    /** May begin with the id of the step to go back to. */
    guidance: z.string(),
    /** As in an approval; absent when what is there is what an attempt of the run has left behind. */
    head: shaSchema.nullable().optional(),
  }),
  z.object({ kind: z.literal('rollback'), step: z.string(), guidance: z.string() }),
  z.object({ kind: z.literal('pause'), reason: z.string() }),
  z.object({ kind: z.literal('resume') }),
  /** More may be used than the budgets of the run and its subject allow. */
  z.object({ kind: z.literal('budget'), amount: amountSchema }),
  /** Somebody other than Baton has pushed to the run's branch. */
  z.object({ kind: z.literal('moved'), head: shaSchema }),
  /** The words of the issue were changed; `differs`: from what the run was asked. */
  z.object({ kind: z.literal('edited'), givenAt: z.iso.datetime(), differs: z.boolean() }),
  /** Somebody other than Baton has merged the run's pull request. */
  z.object({ kind: z.literal('merged') }),
  z.object({ kind: z.literal('cancel'), reason: z.string() }),
]);
export type Steer = z.infer<typeof steerSchema>;
