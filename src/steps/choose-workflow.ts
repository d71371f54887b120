import { z } from 'zod';
import type { WorkflowOffer } from '../domain/brief.ts';
import { CANCEL } from '../domain/escalate.ts';
import { ISSUE_TYPES } from '../domain/issue-type.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { defineStepKind } from '../domain/step-kind.ts';
import type { TriageReport } from '../domain/triage-report.ts';

const options = z.strictObject({
  role: z.string().min(1).describe('Name of the role that chooses.'),
  timeoutMinutes: z
    .number()
    .positive()
    .max(240)
    .default(10)
    .describe('Time limit of one attempt, in minutes.'),
});

/** GitHub shows a dozen rows well; what does not fit can still be started by name. */
const MAX_OPTIONS = 11;

export const stepKind = defineStepKind({
  name: 'choose-workflow',
  summary:
    'Asks a role, without any tool, which workflow the issue needs, and goes on with its steps. When the role is not sure enough, a person is asked.',
  options,
  endings: ['chosen', 'escalation'],
  role: ({ role }) => role,
  async perform({ run, options: { role, timeoutMinutes }, world }) {
    const offers = await world.workflows();
    const answer = await world.ask({
      role,
      report: 'triage',
      access: 'none',
      offers,
      timeoutMs: timeoutMinutes * 60_000,
    });
    switch (answer.kind) {
      case 'broke':
        return answer;
      case 'refused':
        return broke(`${role} wrote files where it had none`);
      case 'reported':
        return toOutcome(answer.report, { role, offers, minConfidence: run.settings.triage.minConfidence });
    }
  },
});

function toOutcome(
  report: TriageReport,
  given: {
    readonly role: string;
    readonly offers: readonly WorkflowOffer[];
    readonly minConfidence: number;
  },
): OutcomeInput {
  const { type, confidence, reasons, workflow, facts } = report;
  const { role, offers, minConfidence } = given;
  if (!offers.some(({ name }) => name === workflow)) {
    return broke(`${role} named the workflow ${workflow}, which is none of ${namesOf(offers)}`);
  }
  if (confidence < minConfidence) {
    return toQuestion(report, given);
  }
  return {
    kind: 'passed',
    summary: `${ISSUE_TYPES[type].title}: ${workflow}`,
    details: reasons.map((reason) => `- ${reason}`).join('\n'),
    facts,
    chosen: { workflow, choice: { by: 'lead', type, confidence, reasons } },
  };
}

/** What the lead leans to comes first. */
function toQuestion(
  { type, confidence, reasons, workflow }: TriageReport,
  { offers }: { readonly offers: readonly WorkflowOffer[] },
): OutcomeInput {
  const summary = `It is not clear which workflow this issue needs; ${ISSUE_TYPES[type].title} is the best guess.`;
  const leaning = offers.filter(({ name }) => name === workflow);
  const others = offers.filter(({ name }) => name !== workflow);
  return {
    kind: 'held',
    summary,
    hold: {
      kind: 'escalation',
      trigger: 'unclear',
      question: 'Which workflow does this issue need?',
      shown: [summary, ...reasons.map((reason) => `- ${reason}`)].join('\n'),
      options: [
        ...[...leaning, ...others].slice(0, MAX_OPTIONS).map(({ name, description }) => ({
          title: name,
          tradeOff: description.slice(0, 500),
          leadsTo: { kind: 'start' as const, workflow: name },
        })),
        CANCEL,
      ],
      recommended: 1,
      recommendation: `The lead is ${Math.round(confidence * 100)} % sure of ${workflow}. \`/baton run <workflow>\` answers as well.`,
      blocked: 'Everything: nothing has been started.',
    },
  };
}

function namesOf(offers: readonly WorkflowOffer[]): string {
  return offers.map(({ name }) => name).join(', ');
}

function broke(summary: string): OutcomeInput {
  return {
    kind: 'broke',
    summary,
    remedy: 'Name the workflow: cancel this run and comment `/baton run <workflow>`.',
    retriable: true,
  };
}
