import { liveHistory, stepOf } from './progress.ts';
import type { RunningRun } from './run.ts';

/** What follows for a run whose present step has rejected too often. */
export type Rethought =
  | { readonly kind: 'again'; readonly from: string }
  /** A person is asked, and why. */
  | { readonly kind: 'ask'; readonly why: string };

/** Whether the work is begun anew from an earlier step; null when its workflow has no such place. The last rejection is on record. */
export function toRethought(run: RunningRun): Rethought | null {
  const { rethink } = stepOf(run, run.step);
  if (rethink === undefined) {
    return null;
  }
  const { outcome } = run.history.at(-1) ?? {};
  if (outcome?.kind === 'rejected' && outcome.isNoMatterOfThePlan === true) {
    return { kind: 'ask', why: 'has rejected the work for what another plan would not mend' };
  }
  const failed = failedApproaches(run);
  const last = failed.at(-1);
  if (last !== undefined && last !== null && failed.indexOf(last) < failed.length - 1) {
    return { kind: 'ask', why: 'has rejected the same approach as before: nothing was thought anew' };
  }
  return failed.length > rethink.atMost
    ? { kind: 'ask', why: toWords(failed.length) }
    : { kind: 'again', from: rethink.from };
}

/** By which approach each row of rejections came to its end since a person last decided here; null when nobody knows. */
function failedApproaches(run: RunningRun): readonly (string | null)[] {
  const { maxRejections } = stepOf(run, run.step);
  const own = liveHistory(run).filter(({ step }) => step === run.step);
  const since = own.slice(own.findLastIndex(({ decided }) => decided !== undefined) + 1);
  const failed: (string | null)[] = [];
  let count = 0;
  for (const { outcome } of since) {
    if (outcome.kind === 'passed') {
      count = 0;
    }
    count += outcome.kind === 'rejected' ? 1 : 0;
    if (outcome.kind === 'rejected' && count === maxRejections) {
      failed.push(outcome.approach ?? null);
      count = 0;
    }
  }
  return failed;
}

function toWords(approaches: number): string {
  return approaches === 1
    ? 'has rejected the work too often'
    : `has rejected ${approaches} different approaches`;
}
