import { z } from 'zod';
import { CANCEL } from './escalate.ts';
import { optionSchema } from './hold.ts';
import type { OutcomeInput } from './outcome.ts';

/** A question that a role cannot answer itself: what it reports instead of work or a verdict. */
export const reportedEscalationSchema = z.strictObject({
  trigger: z.enum(['conflict', 'security-or-speed', 'breaking-change', 'out-of-scope']),
  /** What has to be decided, as a question. */
  issue: z.string().min(1).max(300),
  options: z
    .array(optionSchema.pick({ title: true, tradeOff: true }))
    .min(1)
    .max(8),
  /** Number of the option that the role would take, from 1; null when it would take none. */
  recommended: z.int().positive().nullable().default(null),
  recommendation: z.string().max(1000).default(''),
  /** What cannot go on until it is decided. */
  blocked: z.string().max(500).default(''),
});
export type ReportedEscalation = z.infer<typeof reportedEscalationSchema>;

/** The question put to a person. Whatever they choose, the role does its step again and is told so. */
export function toEscalationOutcome(
  step: string,
  {
    summary,
    details,
    escalation,
  }: {
    readonly summary: string;
    readonly details: string;
    readonly escalation: ReportedEscalation;
  },
): OutcomeInput {
  const { trigger, issue, options, recommended, recommendation, blocked } = escalation;
  return {
    kind: 'held',
    summary,
    hold: {
      kind: 'escalation',
      trigger,
      question: issue,
      shown: [summary, details].filter((part) => part !== '').join('\n\n'),
      options: [
        ...options.map(({ title, tradeOff }) => ({
          title,
          tradeOff,
          leadsTo: { kind: 'retry' as const, step, guidance: tradeOff },
        })),
        CANCEL,
      ],
      recommended: recommended !== null && recommended <= options.length ? recommended : null,
      recommendation,
      blocked: blocked === '' ? 'Everything after this step.' : blocked,
    },
  };
}
