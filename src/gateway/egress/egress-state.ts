import type { EgressNote, EgressReport } from '../../domain/egress-report.ts';
import type { EgressRules } from '../../ports/egress.ts';

/** What one egress may use. */
export interface EgressLimits {
  /** Both directions, all connections together. */
  readonly bytes: number;
  /** At the same time. */
  readonly connections: number;
  /** How long one connection may say nothing, in milliseconds. */
  readonly silenceMs: number;
  /** How long one connection may last, in milliseconds. */
  readonly durationMs: number;
}

/** Looks a name up. Rejects when there is none. */
export type Resolve = (
  name: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** One egress, as its connections see it. */
export interface EgressState {
  readonly rules: EgressRules;
  readonly limits: EgressLimits;
  readonly resolve: Resolve;
  /** Ends all that is under way. */
  readonly signal: AbortSignal;
  connections: number;
  bytes: number;
  readonly refused: Map<string, string>;
  readonly cutOff: Map<string, string>;
  readonly unreachable: Map<string, string>;
}

/** Places that are told: a program that tries all of a list says nothing more with the rest. */
const MOST_NOTES = 20;
const LONGEST_TARGET = 200;

/** Takes a note of a place that was not reached. People read it in Markdown, so nothing but what hosts are written with is left. */
export function note(notes: Map<string, string>, target: string, why: string): void {
  const shown = target.slice(0, LONGEST_TARGET).replaceAll(/[^\w.:[\]-]/g, '?');
  if (notes.size < MOST_NOTES && !notes.has(shown)) {
    notes.set(shown, why);
  }
}

export function toReport({ refused, cutOff, unreachable, bytes }: EgressState): EgressReport {
  return {
    refused: toNotes(refused),
    cutOff: toNotes(cutOff),
    unreachable: toNotes(unreachable),
    bytes,
  };
}

function toNotes(notes: ReadonlyMap<string, string>): readonly EgressNote[] {
  return [...notes].map(([target, why]) => ({ target, why }));
}
