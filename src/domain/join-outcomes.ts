import type { Outcome } from './outcome.ts';
import type { Step } from './workflow.ts';

/** A step that was performed beside others, and how it ended. */
export interface Branch {
  readonly step: Step;
  readonly outcome: Outcome;
}

/**
 * One outcome of steps that were performed side by side, in the order of the workflow. What could not be done comes
 * first, then what was rejected: a rejection is only known when all have judged.
 */
export function joinOutcomes(branches: readonly Branch[]): Outcome {
  const summary = branches.map(({ step, outcome }) => `${titleOf(step)}: ${outcome.summary}`).join(' ');
  const verdicts = branches.flatMap(({ outcome }) => outcome.verdicts);
  const broken = branches.flatMap(({ outcome }) => (outcome.kind === 'broke' ? [outcome] : []));
  if (broken.length > 0) {
    return {
      kind: 'broke',
      summary,
      verdicts,
      remedy: [...new Set(broken.map(({ remedy }) => remedy))].join(' '),
      retriable: broken.every(({ retriable }) => retriable),
      ...toReviewed(branches),
    };
  }
  const held = branches.find(({ outcome }) => outcome.kind === 'held');
  if (held !== undefined) {
    return held.outcome;
  }
  const findings = branches.flatMap(({ outcome }) =>
    outcome.kind === 'rejected' || outcome.kind === 'passed' ? (outcome.findings ?? []) : [],
  );
  if (branches.some(({ outcome }) => outcome.kind === 'rejected')) {
    return {
      kind: 'rejected',
      summary,
      verdicts,
      findings,
      ...toReviewed(branches),
      ...toDeferred(branches),
    };
  }
  return {
    kind: 'passed',
    summary,
    verdicts,
    details: toDetails(branches),
    facts: toFacts(branches),
    ...(findings.length === 0 ? {} : { findings }),
    ...toReviewed(branches),
    ...toDeferred(branches),
  };
}

/** What the reviewers among them answered. */
function toReviewed(branches: readonly Branch[]): Pick<Extract<Outcome, { kind: 'broke' }>, 'checklists'> {
  const checklists = branches.flatMap(({ outcome }) =>
    outcome.kind === 'held' ? [] : (outcome.checklists ?? []),
  );
  return checklists.length === 0 ? {} : { checklists };
}

function toDetails(branches: readonly Branch[]): string {
  return branches
    .map(({ step, outcome }) =>
      [`## ${titleOf(step)}`, outcome.summary, outcome.kind === 'passed' ? outcome.details : '']
        .join('\n\n')
        .trim(),
    )
    .join('\n\n');
}

/** Two that report the same fact: the later one wins, because it was put there to have the last word. */
function toFacts(branches: readonly Branch[]): Extract<Outcome, { kind: 'passed' }>['facts'] {
  return Object.assign(
    {},
    ...branches.map(({ outcome }) => (outcome.kind === 'passed' ? outcome.facts : {})),
  );
}

/** What all of them put off, if anything: the rest of the work is worth no less because one rejected. */
function toDeferred(branches: readonly Branch[]): Pick<Extract<Outcome, { kind: 'passed' }>, 'deferred'> {
  const deferred = branches.flatMap(({ outcome }) =>
    outcome.kind === 'passed' || outcome.kind === 'rejected' ? (outcome.deferred ?? []) : [],
  );
  return deferred.length === 0 ? {} : { deferred };
}

function titleOf({ id, title }: Step): string {
  return title ?? id;
}
