import { z } from 'zod';
import { checklistAnswersSchema } from './checklist-answers.ts';
import { reportedDeferredSchema } from './debt.ts';
import { factsSchema } from './fact.ts';
import { findingSchema } from './finding.ts';
import { reportedEscalationSchema } from './reported-escalation.ts';
import { type TriageReport, triageReportSchema } from './triage-report.ts';

/** What a role that designs or writes gives back. */
export const workReportSchema = z.object({
  kind: z.literal('work'),
  /** One line for the progress comment. */
  summary: z.string().min(1).max(500),
  /** Markdown for the steps and people that come after. */
  details: z.string().max(60_000).default(''),
  facts: factsSchema.default({}),
  /** Work that is not done now; it becomes an issue. */
  deferred: reportedDeferredSchema,
  /** What a person has to decide before this work can be done. */
  escalation: reportedEscalationSchema.optional(),
});

/**
 * What a role that reviews gives back. An approval says what it rests on; a rejection says what to change. Both answer
 * the checklist; whether the answers carry the verdict is judged apart from it.
 */
export const reviewReportSchema = z.discriminatedUnion('verdict', [
  z.object({
    kind: z.literal('review'),
    verdict: z.literal('approve'),
    summary: z.string().min(1).max(500),
    /** What was looked at; an approval without evidence is not one. */
    evidence: z.array(z.string().min(1)).min(1),
    checklist: checklistAnswersSchema,
    findings: z.array(findingSchema).default([]),
    deferred: reportedDeferredSchema,
    /** What a person has to decide before this work can be judged. */
    escalation: reportedEscalationSchema.optional(),
  }),
  z.object({
    kind: z.literal('review'),
    verdict: z.literal('reject'),
    summary: z.string().min(1).max(500),
    checklist: checklistAnswersSchema,
    findings: z.array(findingSchema).min(1),
    deferred: reportedDeferredSchema,
    escalation: reportedEscalationSchema.optional(),
  }),
]);

/** The answer each kind of report must have, by name. Validated in one place, for every runtime. */
export const REPORTS = {
  work: workReportSchema,
  review: reviewReportSchema,
  triage: triageReportSchema,
} as const;
export type ReportKind = keyof typeof REPORTS;
export type WorkReport = z.infer<typeof workReportSchema>;
export type ReviewReport = z.infer<typeof reviewReportSchema>;
export type Report = WorkReport | ReviewReport | TriageReport;
