import type { DraftPhase } from './read-phase.ts';
import { type Phase, phaseTitle, type ReportFault } from './spec.ts';

/**
 * The phases in the order in which they are done: as written, unless one depends on a later one. A phase that says
 * nothing of dependencies needs the one before it.
 */
export function orderPhases(drafts: readonly DraftPhase[], report: ReportFault): readonly Phase[] {
  checkNumbers(drafts, report);
  const phases = drafts.map((draft, index) => withDependencies(draft, { drafts, index, report }));
  const ordered: Phase[] = [];
  const waiting = [...phases];
  while (waiting.length > 0) {
    const next = waiting.findIndex((phase) => isReady(phase, ordered));
    const [phase] = waiting.splice(Math.max(next, 0), 1);
    if (phase === undefined || next === -1) {
      reportCircle(phase, report);
      return phases;
    }
    ordered.push(phase);
  }
  return ordered;
}

function isReady({ dependsOn }: Phase, done: readonly Phase[]): boolean {
  return dependsOn.every((number) => done.some(({ numbers }) => numbers.includes(number)));
}

function reportCircle(phase: Phase | undefined, report: ReportFault): void {
  if (phase !== undefined) {
    report({
      line: phase.line,
      what: `${phaseTitle(phase)} waits for itself: its dependencies lead back to it`,
      remedy: 'Take one of the dependencies out of the circle.',
    });
  }
}

/** Numbers are how phases name each other, so each is there once and none is left out. */
function checkNumbers(drafts: readonly DraftPhase[], report: ReportFault): void {
  let last: number | null = null;
  for (const { numbers, line } of drafts) {
    const [first] = numbers;
    if (last !== null && first !== undefined && first !== last + 1) {
      report({
        line,
        what:
          first <= last
            ? `phase ${first} comes after phase ${last}`
            : `there is no phase ${last + 1} before phase ${first}`,
        remedy: 'Number the phases one after another; say what must come first with `Depends on:`.',
      });
    }
    last = numbers.at(-1) ?? last;
  }
}

function withDependencies(
  draft: DraftPhase,
  { drafts, index, report }: { drafts: readonly DraftPhase[]; index: number; report: ReportFault },
): Phase {
  const before = drafts[index - 1]?.numbers.at(-1);
  if (draft.dependsOn === null) {
    return { ...draft, dependsOn: before === undefined ? [] : [before] };
  }
  const known = draft.dependsOn.filter(({ number, line }) => {
    const wrong = whatIsWrong(number, draft, drafts);
    if (wrong !== null) {
      report({ line, what: wrong, remedy: 'Name phases of this spec that come first.' });
    }
    return wrong === null;
  });
  return { ...draft, dependsOn: [...new Set(known.map(({ number }) => number))] };
}

function whatIsWrong(number: number, draft: DraftPhase, drafts: readonly DraftPhase[]): string | null {
  if (draft.numbers.includes(number)) {
    return `phase ${number} depends on itself`;
  }
  return drafts.some(({ numbers }) => numbers.includes(number))
    ? null
    : `there is no phase ${number} to depend on`;
}
