import { type Deferred, toPlace } from './debt.ts';
import { isOfReplaced } from './legs-of.ts';
import type { BegunRun, StepRecord } from './run.ts';
import type { Sha } from './sha.ts';

/** Work that a run has put off, and where that can be seen. */
export interface Debt extends Deferred {
  /** The same for the same work, however it is written: a digest of title and path. */
  readonly fingerprint: string;
  readonly step: string;
  /** The commit that the evidence is of. */
  readonly commit: Sha;
}

/** What a run has put off: what is filed, and what goes beyond what one run may file. */
export interface Debts {
  readonly toFile: readonly Debt[];
  readonly over: readonly Debt[];
}

/** The run that puts work off, and the pull request that leaves it undone. */
export interface DebtOrigin {
  readonly run: BegunRun;
  readonly pullRequest: { readonly number: number };
}

/** Reads it from the newest word of each step, in the order of the workflow, each work once. */
export function listDebts(
  run: BegunRun,
  { maxPerRun, digest }: { readonly maxPerRun: number; readonly digest: (text: string) => string },
): Debts {
  const all = new Map<string, Debt>();
  for (const record of newestWords(run)) {
    for (const deferred of deferredOf(record)) {
      const fingerprint = digest(toSameness(deferred)).slice(0, 32);
      if (!all.has(fingerprint)) {
        all.set(fingerprint, { ...deferred, fingerprint, step: record.step, commit: commitOf(record) });
      }
    }
  }
  const debts = [...all.values()];
  return { toFile: debts.slice(0, maxPerRun), over: debts.slice(maxPerRun) };
}

/**
 * The newest attempt of each step that came to a result, of earlier legs too: what they put off is still to be done. One
 * that was passed over since has nothing left to say, and what was taken back was not said.
 */
function newestWords(run: BegunRun): StepRecord[] {
  const order = run.definition.workflow.steps.map(({ id }) => id);
  const words = run.history.filter(
    ({ undone, outcome }) => undone === undefined && outcome.kind !== 'held' && outcome.kind !== 'broke',
  );
  // Of two with the same key the later one is kept.
  const newest = new Map(words.map((record) => [`${record.leg ?? ''} ${record.step}`, record]));
  const records = [...newest.values()];
  return [
    ...records.filter((record) => isOfReplaced(run, record)),
    ...records
      .filter((record) => !isOfReplaced(run, record))
      .toSorted((one, other) => order.indexOf(one.step) - order.indexOf(other.step)),
  ];
}

function deferredOf({ outcome }: StepRecord): readonly Deferred[] {
  return outcome.kind === 'passed' || outcome.kind === 'rejected' ? (outcome.deferred ?? []) : [];
}

function commitOf({ outcome, head }: StepRecord): Sha {
  return (outcome.kind === 'passed' ? outcome.checkpoint : undefined) ?? head;
}

/** Case, punctuation, spaces and the line do not matter; lines move. */
function toSameness({ title, evidence }: Deferred): string {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return [words === '' ? title : words, toPlace(evidence).path].join('\n');
}
