import { firstTokens } from './estimate-tokens.ts';
import { figureWords } from './figure.ts';
import type { BriefPart } from './fit-brief.ts';
import { isOfEarlierRound } from './is-of-earlier-round.ts';
import { counts, liveHistory } from './progress.ts';
import type { RunningRun, StepRecord } from './run.ts';
import { fenceUntrusted } from './untrusted.ts';

/**
 * The newest passed attempt of each step, in the workflow's order. A step that has been passed over since has none: what
 * it said rests on what no longer holds.
 */
export function toResultParts(run: RunningRun, token: string): readonly BriefPart[] {
  return run.definition.workflow.steps.flatMap(({ id }) => {
    const record = liveHistory(run).findLast(
      (candidate) => candidate.step === id && (counts(candidate) || candidate.outcome.kind === 'skipped'),
    );
    return record !== undefined && isTelling(record) ? [toPart(run, record, token)] : [];
  });
}

/** What a person approved was told by the step that made it; only what was accepted in place of it has more to say. */
function isTelling({ outcome }: StepRecord): boolean {
  return outcome.kind === 'passed' || (outcome.kind === 'held' && outcome.details !== '');
}

/** A result of an earlier round must not be taken for one of this. */
function toPart(run: RunningRun, record: StepRecord, token: string): BriefPart {
  const isEarlier = isOfEarlierRound(run, record);
  const name = `result of ${record.step}${isEarlier ? ', in an earlier round' : ''}`;
  const text = toResult(record.outcome);
  return {
    place: 'prompt',
    text: fenceUntrusted(name, text, token),
    room: {
      kind: isEarlier ? 'earlier round' : 'result',
      name: `the ${name}`,
      shorten: (tokens) => fenceUntrusted(name, firstTokens(text, tokens), token),
    },
  };
}

/** What it comes to stands first. */
function toResult(outcome: StepRecord['outcome']): string {
  const verdicts = outcome.verdicts.map(({ gate, verdict }) => {
    const figures = 'figures' in verdict ? (verdict.figures ?? []) : [];
    const lines = figures.map((figure) => `  - ${figureWords(figure)}`);
    return [`- ${gate}: ${verdict.kind}. ${verdict.summary}`, ...lines].join('\n');
  });
  const details = 'details' in outcome ? outcome.details : '';
  const deferred = 'deferred' in outcome ? (outcome.deferred ?? []) : [];
  const putOff = deferred.map(({ title, evidence }) => `- put off: ${title} (${evidence})`);
  return [outcome.summary, details, ...verdicts, ...putOff].filter((part) => part !== '').join('\n\n');
}
