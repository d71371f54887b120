import { type Deferred, toPlace } from './debt.ts';
import { isAlike } from './is-alike.ts';
import { newestAttempts } from './newest-attempts.ts';
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

/** The run that puts work off, and the pull request that leaves it undone; null when the run proposes nothing. */
export interface DebtOrigin {
  readonly run: BegunRun;
  readonly pullRequest: { readonly number: number } | null;
}

/** Reads it from the newest word of each step, in the order of the workflow, each work once. */
export function listDebts(
  run: BegunRun,
  { maxPerRun, digest }: { readonly maxPerRun: number; readonly digest: (text: string) => string },
): Debts {
  const all = new Map<string, Debt>();
  for (const record of newestAttempts(run, hasResult)) {
    for (const deferred of deferredOf(record)) {
      const fingerprint = digest(toSameness(deferred)).slice(0, 32);
      if (!all.has(fingerprint) && ![...all.values()].some((debt) => isSame(debt, deferred))) {
        all.set(fingerprint, { ...deferred, fingerprint, step: record.step, commit: commitOf(record) });
      }
    }
  }
  const debts = [...all.values()];
  return { toFile: debts.slice(0, maxPerRun), over: debts.slice(maxPerRun) };
}

/** An attempt that was passed over has one too: it has nothing left to say. */
function hasResult({ outcome }: StepRecord): boolean {
  return outcome.kind !== 'held' && outcome.kind !== 'broke';
}

function deferredOf({ outcome }: StepRecord): readonly Deferred[] {
  return outcome.kind === 'passed' || outcome.kind === 'rejected' ? (outcome.deferred ?? []) : [];
}

function commitOf({ outcome, head }: StepRecord): Sha {
  return (outcome.kind === 'passed' ? outcome.checkpoint : undefined) ?? head;
}

function isSame(one: Deferred, other: Deferred): boolean {
  return toPlace(one.evidence).path === toPlace(other.evidence).path && isAlike(one.title, other.title);
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
