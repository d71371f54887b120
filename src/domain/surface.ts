import { z } from 'zod';
import { shaSchema } from './sha.ts';

const annotationSchema = z.object({
  path: z.string(),
  line: z.int().positive(),
  level: z.enum(['failure', 'warning', 'notice']),
  message: z.string(),
});
export type Annotation = z.infer<typeof annotationSchema>;

/** A button on a check run. GitHub allows three, with 20, 20 and 40 characters. */
const actionSchema = z.object({
  identifier: z.string().max(20),
  label: z.string().max(20),
  description: z.string().max(40),
});

/** Something shown on GitHub, described without its API. `key` names it within the run, so that it can be found again. */
export const surfaceSchema = z.discriminatedUnion('kind', [
  /** One comment that is edited in place. */
  z.object({ kind: z.literal('comment'), key: z.string(), body: z.string() }),
  z.object({
    kind: z.literal('check-run'),
    key: z.string(),
    name: z.string(),
    sha: shaSchema,
    /** Posted once it is known: none is ever left in progress. */
    conclusion: z.enum([
      'success',
      'failure',
      'neutral',
      'cancelled',
      'skipped',
      'timed_out',
      'action_required',
    ]),
    title: z.string(),
    summary: z.string(),
    text: z.string().optional(),
    annotations: z.array(annotationSchema).default([]),
    actions: z.array(actionSchema).max(3).default([]),
  }),
  z.object({
    kind: z.literal('pull-request'),
    key: z.string(),
    head: z.string(),
    base: z.string(),
    title: z.string(),
    body: z.string(),
  }),
  z.object({ kind: z.literal('label'), key: z.string(), name: z.string(), present: z.boolean() }),
  z.object({
    kind: z.literal('reaction'),
    key: z.string(),
    /** The comment to react to; absent: the issue itself. */
    commentId: z.int().optional(),
    content: z.enum(['eyes', 'rocket', 'confused']),
  }),
]);
export type Surface = z.infer<typeof surfaceSchema>;
/** A surface as presentation writes it: empty lists may be left out. */
export type SurfaceInput = z.input<typeof surfaceSchema>;
