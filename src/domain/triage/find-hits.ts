import { type IssueType, issueTypeSchema } from '../issue-type.ts';
import { MASKS } from './masks.ts';
import { findAt, type Phrase, parsePhrase } from './phrase.ts';
import type { Signals, Strength } from './signal.ts';
import { OTHER } from './signals/other.ts';
import { SIGNALS } from './signals.ts';
import type { Word } from './to-words.ts';

/** What a phrase can speak for: a type, or that it is none of them. */
export type Contender = IssueType | 'other';

/** A phrase that was found. */
export interface Hit {
  readonly contender: Contender;
  readonly strength: Strength;
  /** The places of its words. */
  readonly at: readonly number[];
  /** Only words that were looked for: what stands between them is somebody else's text. */
  readonly shown: string;
}

interface Signal {
  readonly contender: Contender;
  readonly strength: Strength;
  readonly phrase: Phrase;
}

const ALL_SIGNALS = byFirstWord<Signal>([
  ...issueTypeSchema.options.flatMap((type) => toSignals(type, SIGNALS[type])),
  ...toSignals('other', OTHER),
]);
const ALL_MASKS = byFirstWord(MASKS.map((mask) => ({ phrase: parsePhrase(mask) })));

/** Words which say that what follows is not the case. */
const NEGATIONS = new Set('no not without never isn wasn aren kein keine nicht ohne'.split(' '));
const NEGATION_REACH = 3;

/** Every phrase that is found in the words, once, unless it is denied or its words mean something else together. */
export function findHits(words: readonly Word[]): readonly Hit[] {
  const hits = new Map<Signal, Hit>();
  const open = withoutMasked(words);
  for (const [start, word] of open.entries()) {
    for (const signal of word === null ? [] : (ALL_SIGNALS.get(word.stem) ?? [])) {
      const at = findAt(open, start, signal.phrase);
      if (at !== null && !hits.has(signal) && !isDenied(open, start)) {
        hits.set(signal, {
          contender: signal.contender,
          strength: signal.strength,
          at,
          shown: toShown(open, at),
        });
      }
    }
  }
  return [...hits.values()];
}

function toSignals(contender: Contender, signals: Signals): Signal[] {
  return (['clear', 'likely', 'hint'] as const).flatMap((strength) =>
    signals[strength].map((phrase) => ({ contender, strength, phrase: parsePhrase(phrase) })),
  );
}

/** So that at each word only those phrases are tried that begin with it. */
function byFirstWord<T extends { readonly phrase: Phrase }>(entries: readonly T[]): ReadonlyMap<string, T[]> {
  const index = new Map<string, T[]>();
  for (const entry of entries) {
    const [first] = entry.phrase;
    for (const word of first instanceof Set ? first : []) {
      index.set(word, [...(index.get(word) ?? []), entry]);
    }
  }
  return index;
}

function withoutMasked(words: readonly Word[]): readonly Word[] {
  const open = [...words];
  for (const [start, word] of words.entries()) {
    for (const { phrase } of word === null ? [] : (ALL_MASKS.get(word.stem) ?? [])) {
      const last = findAt(words, start, phrase)?.at(-1);
      open.fill(null, start, last === undefined ? start : last + 1);
    }
  }
  return open;
}

function isDenied(words: readonly Word[], start: number): boolean {
  const before = words.slice(Math.max(0, start - NEGATION_REACH), start);
  return before.slice(before.lastIndexOf(null) + 1).some((word) => NEGATIONS.has(word?.shown ?? ''));
}

function toShown(words: readonly Word[], at: readonly number[]): string {
  return at
    .map(
      (place, index) => `${index > 0 && at[index - 1] !== place - 1 ? '… ' : ''}${words[place]?.shown ?? ''}`,
    )
    .join(' ');
}
