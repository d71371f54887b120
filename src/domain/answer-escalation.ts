import { toStamp } from './button.ts';
import type { Decision } from './decision.ts';
import type { Hold, Option } from './hold.ts';
import { typeOfWorkflow } from './issue-type.ts';
import { moveForward } from './move-on.ts';
import { atStep, replayFacts, toProgress, withoutStep } from './progress.ts';
import { putIn } from './put-in.ts';
import { resumeByChoice } from './raise-budget.ts';
import { isTooEarly, recordDecision, STALE_BUTTON, TOO_EARLY } from './record-decision.ts';
import type { HeldRun, RunningRun, StepRecord } from './run.ts';
import { ignore, type Steered, type SteeredBy } from './steered.ts';

type Escalation = Extract<Hold, { kind: 'escalation' }>;

/** What follows when a person says how to go on. The counter that led to the question is cleared by every answer. */
export function answerEscalation(run: HeldRun, hold: Escalation, event: Steered): Decision {
  const { steer } = event;
  if ('givenAt' in steer && isTooEarly(steer.givenAt, run)) {
    return ignore(run, TOO_EARLY);
  }
  if (steer.kind === 'retry') {
    return retry(run, hold, { ...event, steer });
  }
  if (steer.kind === 'choose') {
    return choose(run, hold, { ...event, steer });
  }
  if (steer.kind === 'approve' && steer.digest !== undefined) {
    return ignore(run, `Nothing here has the digest ${steer.digest}. ${waysToAnswer(hold)}`);
  }
  if (steer.kind === 'approve' && hold.recommended !== null) {
    return choose(run, hold, {
      ...event,
      steer: { kind: 'choose', option: hold.recommended, head: steer.head },
    });
  }
  return ignore(
    run,
    steer.kind === 'approve'
      ? `Nothing here waits for a yes or a no, and no option is recommended. ${waysToAnswer(hold)}`
      : `This run asks how to go on. ${waysToAnswer(hold)}`,
  );
}

function waysToAnswer({ options }: Escalation): string {
  return `Answer \`/baton choose <1 to ${options.length}>\`, \`/baton retry <guidance>\` or \`/baton cancel\`.`;
}

/** The words after `retry` may begin with the step to go back to. */
function retry(run: HeldRun, hold: Escalation, event: SteeredBy<'retry'>): Decision {
  const { guidance } = event.steer;
  const { steps } = run.definition.workflow;
  const until = steps.findIndex(({ id }) => id === run.step);
  const named = steps.slice(0, until + 1).find(({ id }) => guidance === id || guidance.startsWith(`${id} `));
  const words = named === undefined ? guidance : guidance.slice(named.id.length).trim();
  const step = named?.id ?? hold.resumeAt;
  return doAgain(withPushed(run, { step, head: event.steer.head }), event, {
    step,
    words: words === '' ? '' : `Guidance from ${event.by.login}: ${words}`,
    decided: { kind: 'retried', reason: guidance },
  });
}

/** Gates that are asked again judge what is there now: somebody may have mended by hand what they have rejected. */
function withPushed(
  run: HeldRun,
  { step, head }: { readonly step: string; readonly head: string | null | undefined },
): HeldRun {
  const verdicts = run.history.at(-1)?.outcome.verdicts ?? [];
  const isJudgedAgain = step === run.step && verdicts.length > 0 && run.order.change === undefined;
  return isJudgedAgain && head !== null && head !== undefined ? { ...run, head } : run;
}

function choose(run: HeldRun, hold: Escalation, event: SteeredBy<'choose'>): Decision {
  const { option: number, stamp } = event.steer;
  if (stamp !== undefined && stamp !== toStamp(hold.openedAt)) {
    return ignore(run, STALE_BUTTON);
  }
  const option = hold.options[number - 1];
  if (option === undefined) {
    return ignore(run, `There is no option ${number}. ${waysToAnswer(hold)}`);
  }
  return follow(run, hold, { event, option });
}

/** What follows from an option that was chosen. */
function follow(
  run: HeldRun,
  hold: Escalation,
  { event, option }: { readonly event: SteeredBy<'choose'>; readonly option: Option },
): Decision {
  const { option: number, head } = event.steer;
  const reason = `option ${number}: ${option.title}`;
  const { leadsTo } = option;
  switch (leadsTo.kind) {
    case 'retry':
      return doAgain(run, event, {
        step: leadsTo.step,
        words: [`${event.by.login} has decided: ${option.title}`, leadsTo.guidance]
          .filter(Boolean)
          .join('\n\n'),
        decided: { kind: 'retried', reason },
      });
    case 'accept':
      return isWhereItWas(run, head)
        ? accept(run, event, { reason, facts: leadsTo.facts })
        : ignore(
            run,
            `The branch ${run.order.branch} has ${head === null ? 'gone' : `moved to ${head}`} since this was asked, so what is there now is not what was shown. Put it back to ${run.head}, or retry.`,
          );
    case 'start':
      return start(run, event, { reason, option });
    case 'resume':
      return resumeByChoice(run, hold, { event, option, raise: leadsTo.raise });
    case 'cancel':
      return {
        kind: 'finish',
        run: {
          state: 'cancelled',
          ...toProgress(recordDecision(run, event, { kind: 'cancelled', reason })),
          endedAt: event.at,
          by: event.by,
          reason: option.title,
        },
      };
  }
}

/** There is no branch before the first checkpoint. */
function isWhereItWas(run: HeldRun, head: string | null): boolean {
  return head === run.head || (head === null && run.head === run.base.sha);
}

type Decided = Parameters<typeof recordDecision>[2];

function doAgain(
  run: HeldRun,
  event: Steered,
  { step, words, decided }: { readonly step: string; readonly words: string; readonly decided: Decided },
): Decision {
  const { shown, findings } = run.hold;
  const summary = words === '' ? shown : `${words}\n\n${shown}`;
  const feedback = { from: run.step, by: event.by, summary, findings };
  const cleared = withCounterCleared(recordDecision(run, event, decided), run.step);
  return { kind: 'return', run: atStep(cleared, { step, at: event.at, feedback }) };
}

/** What is there counts as it is, together with the facts of the option. */
function accept(
  run: HeldRun,
  event: Steered,
  { reason, facts }: { readonly reason: string; readonly facts: RunningRun['facts'] },
): Decision {
  const decided = recordDecision(run, event, { kind: 'approved', reason });
  const history = decided.history.map((record, index) =>
    index === decided.history.length - 1 ? withFacts(record, facts) : record,
  );
  const told = replayFacts({ ...decided, history });
  return moveForward({ ...withCounterCleared(decided, run.step), history, facts: told }, event.at);
}

function withFacts(record: StepRecord, facts: RunningRun['facts']): StepRecord {
  const { outcome } = record;
  return outcome.kind === 'held'
    ? { ...record, outcome: { ...outcome, facts: { ...outcome.facts, ...facts } } }
    : record;
}

/** The workflow that a person has named takes its place after the step that asked. */
function start(
  run: HeldRun,
  event: Steered,
  { reason, option }: { readonly reason: string; readonly option: Option },
): Decision {
  if (event.chosen === undefined) {
    return ignore(run, `The workflow of the option "${option.title}" is not there any more. Choose another.`);
  }
  const { leadsTo } = option;
  const { name } = event.chosen.workflow;
  const type = typeOfWorkflow(name) ?? run.choice.type;
  const reasons = [`${event.by.login} chose ${name}`];
  const chosen = {
    definition: event.chosen,
    choice: { by: 'person', type, confidence: 1, reasons } as const,
    task: (leadsTo.kind === 'start' ? leadsTo.task : undefined) ?? null,
  };
  return moveForward(putIn(recordDecision(run, event, { kind: 'chosen', reason }), chosen), event.at);
}

function withCounterCleared(run: RunningRun, step: string): RunningRun {
  return { ...run, rejections: withoutStep(run.rejections, step) };
}
