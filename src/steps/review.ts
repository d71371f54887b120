import { z } from 'zod';
import { defineStepKind } from '../domain/step-kind.ts';

const options = z.strictObject({
  role: z.string().min(1).describe('Name of the role that reviews.'),
  timeoutMinutes: z
    .number()
    .positive()
    .max(240)
    .default(30)
    .describe('Time limit of one attempt, in minutes.'),
});

export const stepKind = defineStepKind({
  name: 'review',
  summary: 'Asks a role to approve or reject the work so far. It reads; it never writes.',
  options,
  role: ({ role }) => role,
  async perform({ options: { role, timeoutMinutes }, world }) {
    const answer = await world.ask({
      role,
      report: 'review',
      access: 'read',
      timeoutMs: timeoutMinutes * 60_000,
    });
    if (answer.kind === 'broke') {
      return answer;
    }
    if (answer.kind === 'refused') {
      return {
        kind: 'broke',
        summary: `${role} wrote files in a review`,
        remedy: 'Retry the review.',
        retriable: true,
      };
    }
    const { report } = answer;
    if (report.verdict === 'reject') {
      return { kind: 'rejected', summary: report.summary, findings: report.findings };
    }
    return {
      kind: 'passed',
      summary: report.summary,
      details: report.evidence.map((line) => `- ${line}`).join('\n'),
    };
  },
});
