import { z } from 'zod';
import { findingSchema } from './finding.ts';
import { shaSchema } from './outcome.ts';

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

/** A run waiting for a person. It never times out into an approval. */
export const holdSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approval'), ...opened, ...bound }),
  z.object({ kind: z.literal('security'), ...opened, ...bound }),
  z.object({
    kind: z.literal('escalation'),
    ...opened,
    /** Where `/baton retry` goes on. */
    resumeAt: z.string(),
    options: z.array(z.object({ command: z.string(), effect: z.string() })).min(1),
    recommendation: z.string(),
  }),
]);
export type Hold = z.infer<typeof holdSchema>;
