import { trailingBreaks } from '../../domain/advance-by-outcome.ts';
import type { Facts } from '../../domain/fact.ts';
import type { Hold } from '../../domain/hold.ts';
import type { HeldRun, Run, RunningRun } from '../../domain/run.ts';
import type { Steer } from '../../domain/steer.ts';
import { GO_ON, type Workflow } from '../../domain/workflow.ts';
import { AT, DIGEST, type Happening, MAINTAINER } from './happening.ts';
import type { ScriptedOutcome } from './script-outcomes.ts';

/** How attempts at each step can end, by the id of the step. */
export type Script = ReadonlyMap<string, readonly ScriptedOutcome[]>;

/**
 * What may happen next to a run: its attempt ends, or a person answers. That a person cancels, pauses or rolls back is
 * possible everywhere and is left out.
 */
export function listHappenings(run: Run, workflow: Workflow, script: Script): readonly Happening[] {
  if (run.state === 'held') {
    return listAnswers(run);
  }
  return run.state === 'running'
    ? (script.get(run.step) ?? []).map((scripted) => toEnded(run, workflow, scripted))
    : [];
}

function toEnded(
  run: RunningRun,
  { steps }: Workflow,
  { label, facts, outcome }: ScriptedOutcome,
): Happening {
  const { step, attempt } = run;
  const isResult = steps.some(({ id, onReject }) => id === step && onReject === GO_ON);
  const counts: Readonly<Record<string, number>> = {
    ...(isResult ? {} : { rejected: (run.rejections[step] ?? 0) + 1 }),
    broke: trailingBreaks(run) + 1,
  };
  return {
    label,
    detail: toWords(facts),
    count: counts[label] ?? null,
    event: { kind: 'step-finished', at: AT, step, attempt, outcome, digest: DIGEST },
  };
}

function toWords(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

function listAnswers(run: HeldRun): readonly Happening[] {
  const { hold } = run;
  switch (hold.kind) {
    case 'approval':
    case 'security':
      return [
        toAnswer('approved', { kind: 'approve', givenAt: AT, head: null }),
        {
          ...toAnswer('rejected', { kind: 'reject', givenAt: AT, reason: 'no' }),
          count: (run.rejections[run.step] ?? 0) + 1,
        },
      ];
    case 'escalation':
      return listChoices(hold);
    case 'pause':
      return [toAnswer('resumed', { kind: 'resume' })];
  }
}

/** Each option, and the retry that can always be asked for. */
function listChoices({ options, resumeAt }: Extract<Hold, { kind: 'escalation' }>): readonly Happening[] {
  const isRetryListed = options.some(({ leadsTo }) => leadsTo.kind === 'retry' && leadsTo.step === resumeAt);
  return [
    ...(isRetryListed ? [] : [toAnswer('retry', { kind: 'retry', givenAt: AT, guidance: '' })]),
    ...options.map(({ title }, index) =>
      toAnswer(title, { kind: 'choose', givenAt: AT, option: index + 1, head: null }),
    ),
  ];
}

function toAnswer(label: string, steer: Steer): Happening {
  return { label, detail: '', count: null, event: { kind: 'steered', at: AT, by: MAINTAINER, steer } };
}
