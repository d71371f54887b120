import { crashOf } from './agent-crashes.ts';
import { CANCEL } from './escalate.ts';
import type { FactValue } from './fact.ts';
import type { Option } from './hold.ts';
import { joinUsage } from './join-usage.ts';
import type { Outcome } from './outcome.ts';
import type { Step } from './workflow.ts';

/** A step that was performed beside others, and how it ended. */
export interface Branch {
  readonly step: Step;
  readonly outcome: Outcome;
}

/**
 * One outcome of steps that were performed side by side, in the order of the workflow. A crash comes first: all that was
 * not done waits for the restart. Then what could not be done, then what was rejected: a rejection is only known when all have judged. `agree` names the facts that must be
 * the same in all; when they are not, a person is asked.
 */
export function joinOutcomes(branches: readonly Branch[], agree: readonly string[] = []): Outcome {
  const { usage: _usage, asked: _asked, ...joined } = join(branches, agree);
  const usage = joinUsage(branches.map(({ outcome }) => outcome.usage));
  const asked = branches.flatMap(({ outcome }) => outcome.asked ?? []);
  return {
    ...joined,
    ...(usage === null ? {} : { usage }),
    ...(asked.length === 0 ? {} : { asked }),
  };
}

function join(branches: readonly Branch[], agree: readonly string[]): Outcome {
  const summary = branches.map(({ step, outcome }) => `${titleOf(step)}: ${outcome.summary}`).join(' ');
  const verdicts = branches.flatMap(({ outcome }) => outcome.verdicts);
  const crashed = branches.find(({ outcome }) => crashOf(outcome) !== null);
  if (crashed?.outcome.kind === 'held') {
    return { ...crashed.outcome, verdicts, ...toParts(branches) };
  }
  const broken = branches.flatMap(({ outcome }) => (outcome.kind === 'broke' ? [outcome] : []));
  if (broken.length > 0) {
    return {
      kind: 'broke',
      summary,
      verdicts,
      remedy: [...new Set(broken.map(({ remedy }) => remedy))].join(' '),
      retriable: broken.every(({ retriable }) => retriable),
      ...toReviewed(branches),
      ...toParts(branches),
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
  const told = { details: toDetails(branches), facts: toFacts(branches) };
  const disputed = agree.find((fact) => new Set(valuesOf(fact, branches)).size > 1);
  if (disputed !== undefined) {
    return { kind: 'held', summary, verdicts, ...told, hold: toConflict(disputed, branches) };
  }
  return {
    kind: 'passed',
    summary,
    verdicts,
    ...told,
    ...(findings.length === 0 ? {} : { findings }),
    ...toReviewed(branches),
    ...toDeferred(branches),
    ...toParts(branches),
  };
}

function valuesOf(fact: string, branches: readonly Branch[]): readonly FactValue[] {
  return branches.flatMap(({ outcome }) => {
    const value = outcome.kind === 'passed' ? outcome.facts[fact] : undefined;
    return value === undefined ? [] : [value];
  });
}

/** Whose word counts is for a person to say. All that was found stays, whichever it is. */
function toConflict(fact: string, branches: readonly Branch[]): Extract<Outcome, { kind: 'held' }>['hold'] {
  const options = branches.flatMap(({ step, outcome }): Option[] => {
    const value = outcome.kind === 'passed' ? outcome.facts[fact] : undefined;
    return value === undefined || outcome.kind !== 'passed'
      ? []
      : [
          {
            title: `${fact} is ${String(value)}, as ${titleOf(step)} says`.slice(0, 200),
            tradeOff: outcome.summary.slice(0, 500),
            leadsTo: { kind: 'accept', facts: { [fact]: value } },
          },
        ];
  });
  return {
    kind: 'escalation',
    trigger: 'conflict',
    question: `They do not agree on ${fact}. Which is it?`,
    shown: toDetails(branches),
    findings: [],
    options: [...options, CANCEL],
    recommended: null,
    recommendation: 'Read what each of them rests on; what comes next is built on the answer.',
    blocked: 'Everything after this step.',
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

/** What they wrote on branches of their own; also kept when one of them broke, so that the others need not write it again. */
function toParts(branches: readonly Branch[]): Pick<Extract<Outcome, { kind: 'passed' }>, 'parts'> {
  const parts = branches.flatMap(({ outcome }) => (outcome.kind === 'passed' ? (outcome.parts ?? []) : []));
  return parts.length === 0 ? {} : { parts };
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
