import { toStem, type Word } from './to-words.ts';

/**
 * A phrase to look for, written as `add|create * endpoint`: words in a row, `|` between words of which one is enough,
 * `*` for up to three words that do not matter, `#` for a number, and `/` for a path.
 */
export type Phrase = readonly (ReadonlySet<string> | '*')[];

/** How many words a `*` may stand for. */
const MAX_SKIPPED = 3;

export function parsePhrase(text: string): Phrase {
  return text
    .split(' ')
    .map((slot) => (slot === '*' ? slot : new Set(slot.split('|').map((word) => toStem(word)))));
}

/**
 * The places of the words of a phrase that begins exactly here; null when it is not here. Never looks past the end of a
 * sentence.
 */
export function findAt(words: readonly Word[], start: number, phrase: Phrase): readonly number[] | null {
  const [slot, ...rest] = phrase;
  if (slot === undefined) {
    return [];
  }
  if (slot === '*') {
    return findAfterGap(words, start, rest);
  }
  const word = words[start];
  if (word === undefined || word === null || !fits(slot, word.stem)) {
    return null;
  }
  const found = findAt(words, start + 1, rest);
  return found && [start, ...found];
}

function findAfterGap(words: readonly Word[], start: number, rest: Phrase): readonly number[] | null {
  for (let skipped = 0; skipped <= MAX_SKIPPED; skipped += 1) {
    const found = findAt(words, start + skipped, rest);
    if (found !== null || words[start + skipped] === null) {
      return found;
    }
  }
  return null;
}

function fits(slot: ReadonlySet<string>, stem: string): boolean {
  return slot.has(stem) || (slot.has('#') && /^\d{1,6}$/.test(stem));
}
