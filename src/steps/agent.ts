import { z } from 'zod';
import { defineStepKind } from '../domain/step-kind.ts';

const options = z.strictObject({
  role: z.string().min(1).describe('Name of the role that is asked.'),
  access: z.enum(['read', 'write']).default('read').describe('Whether the role may change files.'),
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
  role: ({ role }) => role,
  gates: () => [],
  earlierSteps: () => [],
  async perform({ step, options: { role, access, timeoutMinutes }, world }) {
    const answer = await world.ask({ role, report: 'work', access, timeoutMs: timeoutMinutes * 60_000 });
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
        if (access === 'write' && answer.checkpoint === undefined) {
          return {
            kind: 'broke',
            summary: `${role} reported work in ${step.id} but changed no file`,
            remedy: 'Check that the issue asks for a change, or retry with guidance.',
            retriable: true,
          };
        }
        return {
          kind: 'passed',
          summary: answer.report.summary,
          details: answer.report.details,
          facts: answer.report.facts,
          ...(answer.checkpoint === undefined ? {} : { checkpoint: answer.checkpoint }),
        };
    }
  },
});
