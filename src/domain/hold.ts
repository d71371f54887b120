import { z } from 'zod';
import { amountSchema } from './amount.ts';
import { factsSchema } from './fact.ts';
import { feedbackSchema } from './feedback.ts';
import { findingSchema } from './finding.ts';
import { shaSchema } from './sha.ts';
import { stopSchema } from './stop.ts';

const opened = {
  question: z.string(),
  /** Markdown that the person is shown. */
  shown: z.string(),
  findings: z.array(findingSchema),
  /** ISO time. Answers given before it do not count. */
  openedAt: z.iso.datetime(),
};

/** What an approval is bound to: this commit and exactly what was shown. Anything new voids it. */
const bound = { head: shaSchema, digest: z.string().regex(/^[0-9a-f]{12}$/) };

/** Why a person has to say how to go on. */
const TRIGGERS = [
  /** Requirements contradict each other, or two roles do. */
  'conflict',
  'security-or-speed',
  'breaking-change',
  /** Rejected again and again. */
  'rejections',
  /** Asks for what is not available here. */
  'out-of-scope',
  /** A tool or an agent does not work. */
  'broken',
  /** It is not clear what kind of work this is. */
  'unclear',
  /** More rounds than the workflow allows. */
  'rounds',
  /** What may be used of models is used up. */
  'budget',
  /** The provider of the models has none left for us. */
  'quota',
  /** The program of an agent has crashed. */
  'crash',
] as const;
const triggerSchema = z.enum(TRIGGERS);

/** A way to go on: what a person reads, and what follows when they choose it. */
export const optionSchema = z.object({
  title: z.string().min(1).max(200),
  tradeOff: z.string().max(500),
  leadsTo: z.discriminatedUnion('kind', [
    /** The step is done again, and told this. */
    z.object({ kind: z.literal('retry'), step: z.string(), guidance: z.string() }),
    /** What is there counts as it is, with these facts. */
    z.object({ kind: z.literal('accept'), facts: factsSchema.default({}) }),
    /** This workflow is done; `task` when it is for a part of the issue. */
    z.object({ kind: z.literal('start'), workflow: z.string(), task: z.string().optional() }),
    /** The step is done again as if it had not been stopped, with more to use when `raise` says so. */
    z.object({ kind: z.literal('resume'), raise: amountSchema.nullable() }),
    z.object({ kind: z.literal('cancel') }),
  ]),
});
export type Option = z.infer<typeof optionSchema>;

/** What is told with an escalation besides the question. */
export const escalationFields = {
  trigger: triggerSchema,
  options: z.array(optionSchema).min(1).max(12),
  /** Number of the option that is recommended, from 1. */
  recommended: z.int().positive().nullable(),
  recommendation: z.string(),
  /** What cannot go on until it is answered. */
  blocked: z.string(),
  /** ISO time at which the run goes on by itself, unless somebody answers before. */
  until: z.iso.datetime().optional(),
  /** What stopped the agent; absent when it came to an end. */
  stopped: stopSchema.optional(),
};

/** A run waiting for a person. It never times out into an approval. */
export const holdSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approval'), ...opened, ...bound }),
  z.object({ kind: z.literal('security'), ...opened, ...bound }),
  z.object({
    kind: z.literal('escalation'),
    ...opened,
    /** Where `/baton retry` goes on. */
    resumeAt: z.string(),
    ...escalationFields,
    /** What a stopped attempt was told, so that it is told again. */
    feedback: feedbackSchema.optional(),
  }),
  z.object({
    kind: z.literal('pause'),
    ...opened,
    /** What the interrupted attempt was told, so that it is told again. */
    feedback: feedbackSchema.optional(),
  }),
]);
export type Hold = z.infer<typeof holdSchema>;
