import { z } from 'zod';
import type { WorkflowOffer } from '../domain/brief.ts';
import { CANCEL } from '../domain/escalate.ts';
import { type FactValue, factNameSchema } from '../domain/fact.ts';
import { ISSUE_TYPES } from '../domain/issue-type.ts';
import type { OutcomeInput } from '../domain/outcome.ts';
import { defineStepKind } from '../domain/step-kind.ts';
import type { TriageReport } from '../domain/triage-report.ts';

const options = z.strictObject({
  role: z.string().min(1).describe('Name of the role that chooses.'),
  task: factNameSchema
    .optional()
    .describe(
      'Fact that says in words what the workflow is chosen for, when that is one task of several and not the whole issue.',
    ),
  timeoutMinutes: z
    .number()
    .positive()
    .max(240)
    .default(10)
    .describe('Time limit of one attempt, in minutes.'),
});

/** As much as is shown of it anywhere, in characters. */
const MAX_TASK = 500;

/** GitHub shows a dozen rows well; what does not fit can still be started by name. */
const MAX_OPTIONS = 11;

export const stepKind = defineStepKind({
  name: 'choose-workflow',
  summary:
    'Asks a role, without any tool, which workflow the issue or one task of it needs, and goes on with its steps. When the role is not sure enough, a person is asked.',
  options,
  endings: ['chosen', 'escalation'],
  role: ({ role }) => role,
  earlierFacts: ({ task }) => (task === undefined ? [] : [task]),
  async perform({ run, options: { role, task: fact, timeoutMinutes }, world }) {
    const task = fact === undefined ? undefined : readTask(run.facts[fact]);
    if (task === null) {
      return broke(`nobody has said in words what the task is: the fact ${fact} is missing or empty`);
    }
    const offers = await world.workflows();
    const answer = await world.ask({
      role,
      report: 'triage',
      access: 'none',
      offers,
      ...(task === undefined ? {} : { task }),
      timeoutMs: timeoutMinutes * 60_000,
    });
    switch (answer.kind) {
      case 'broke':
        return answer;
      case 'refused':
        return broke(`${role} wrote files where it had none`);
      case 'reported':
        return toOutcome(answer.report, {
          role,
          offers,
          task,
          minConfidence: run.settings.triage.minConfidence,
        });
    }
  },
});

/** Null when it is nothing to go by. */
function readTask(value: FactValue | undefined): string | null {
  const task = typeof value === 'string' ? value.trim().slice(0, MAX_TASK) : '';
  return task === '' ? null : task;
}

interface Given {
  readonly role: string;
  readonly offers: readonly WorkflowOffer[];
  readonly task: string | undefined;
  readonly minConfidence: number;
}

function toOutcome(report: TriageReport, given: Given): OutcomeInput {
  const { type, confidence, reasons, workflow, facts } = report;
  const { role, offers, task, minConfidence } = given;
  if (!offers.some(({ name }) => name === workflow)) {
    return broke(`${role} named the workflow ${workflow}, which is none of ${namesOf(offers)}`);
  }
  if (confidence < minConfidence) {
    return toQuestion(report, given);
  }
  return {
    kind: 'passed',
    summary: `${ISSUE_TYPES[type].title}: ${workflow}${task === undefined ? '' : ` for ${task}`}`,
    details: reasons.map((reason) => `- ${reason}`).join('\n'),
    facts,
    chosen: {
      workflow,
      choice: { by: 'lead', type, confidence, reasons },
      ...(task === undefined ? {} : { task }),
    },
  };
}

/** What the lead leans to comes first. */
function toQuestion(
  { type, confidence, reasons, workflow }: TriageReport,
  { offers, task }: Given,
): OutcomeInput {
  const work = task === undefined ? 'this issue' : `this task (${task})`;
  const summary = `It is not clear which workflow ${work} needs; ${ISSUE_TYPES[type].title} is the best guess.`;
  const leaning = offers.filter(({ name }) => name === workflow);
  const others = offers.filter(({ name }) => name !== workflow);
  return {
    kind: 'held',
    summary,
    hold: {
      kind: 'escalation',
      trigger: 'unclear',
      question: `Which workflow does this ${task === undefined ? 'issue' : 'task'} need?`,
      shown: [summary, ...reasons.map((reason) => `- ${reason}`)].join('\n'),
      options: [
        ...[...leaning, ...others].slice(0, MAX_OPTIONS).map(({ name, description }) => ({
          title: name,
          tradeOff: description.slice(0, 500),
          leadsTo: { kind: 'start' as const, workflow: name, ...(task === undefined ? {} : { task }) },
        })),
        CANCEL,
      ],
      recommended: 1,
      recommendation: `The lead is ${Math.round(confidence * 100)} % sure of ${workflow}. \`/baton run\` with the name of another workflow answers as well.`,
      blocked:
        task === undefined
          ? 'Everything that follows: nothing is begun before its workflow is known.'
          : 'This task, and all that comes after it.',
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
    remedy: 'Name the workflow yourself: cancel this run and comment `/baton run` with its name.',
    retriable: true,
  };
}
