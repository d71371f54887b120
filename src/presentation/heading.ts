import type { Hold } from '../domain/hold.ts';
import { legIndexOf, tryOf } from '../domain/legs-of.ts';
import { liveHistory } from '../domain/progress.ts';
import type { BegunRun, EndedRun, HeldRun, Run, RunningRun } from '../domain/run.ts';
import { inline } from './inline.ts';
import { moment } from './moment.ts';
import { person } from './person.ts';
import { stepTitle } from './step-title.ts';

/** The state of a run in one plain sentence. */
export function heading(run: Run): string {
  switch (run.state) {
    case 'queued':
      return '🕓 Queued: Baton starts as soon as it can';
    case 'running':
      return `⏳ Baton is working: ${stepTitle(run, run.step)}${attemptWords(run)}`;
    case 'held':
      return heldHeading(run);
    case 'succeeded':
    case 'merged':
    case 'failed':
    case 'cancelled':
    case 'withdrawn':
    case 'refused':
      return endedHeading(run);
  }
}

function attemptWords(run: RunningRun): string {
  const attempt = tryOf(run, { ...run, leg: legIndexOf(run, run.step) });
  return attempt > 1 ? `, attempt ${attempt}` : '';
}

function endedHeading(run: EndedRun): string {
  switch (run.state) {
    case 'succeeded':
      return succeededHeading(run);
    case 'merged':
      return mergedHeading(run);
    case 'failed':
      return '❌ Baton could not finish';
    case 'cancelled':
      return `⏹️ Cancelled by ${person(run.by)}`;
    case 'withdrawn':
      return `⏹️ Withdrawn by ${person(run.by)} before it began`;
    case 'refused':
      return '❌ Baton could not start';
  }
}

function succeededHeading(run: Extract<EndedRun, { state: 'succeeded' }>): string {
  if (run.order.change !== undefined) {
    return asksForChanges(run)
      ? '❌ Baton has reviewed this: changes are asked for'
      : '✅ Baton has reviewed this: nothing stands in the way';
  }
  return run.pullRequest === undefined
    ? '✅ Baton is done'
    : `✅ Baton is done: pull request #${run.pullRequest.number}`;
}

function mergedHeading({ by, pullRequest }: Extract<EndedRun, { state: 'merged' }>): string {
  const what =
    pullRequest === undefined
      ? 'The pull request was merged'
      : `Pull request #${pullRequest.number} was merged`;
  return `✅ ${what} by ${person(by)}`;
}

/** A rejection that a review ends with is its result. */
function asksForChanges(run: BegunRun): boolean {
  return run.definition.workflow.steps.some(({ id }) => {
    const last = liveHistory(run).findLast(({ step }) => step === id);
    return last?.outcome.kind === 'rejected' || last?.decided?.kind === 'rejected';
  });
}

function escalationHeading({ until, stopped }: Extract<Hold, { kind: 'escalation' }>, step: string): string {
  if (until === undefined) {
    return `✋ Baton needs a decision: ${step}`;
  }
  return stopped?.kind === 'crash'
    ? `⏳ ${inline(stopped.role, 80)} crashed and starts again at ${moment(until)}, ${stopped.crashes} of ${stopped.mostRestarts}: ${step}`
    : `⏳ Baton waits until ${moment(until)}: ${step}`;
}

function heldHeading(run: HeldRun): string {
  const step = stepTitle(run, run.step);
  switch (run.hold.kind) {
    case 'approval':
      return `✋ Baton waits for an approval: ${step}`;
    case 'security':
      return `✋ Baton waits for a security release: ${step}`;
    case 'escalation':
      return escalationHeading(run.hold, step);
    case 'pause':
      return `⏸️ Paused: ${step}`;
  }
}
