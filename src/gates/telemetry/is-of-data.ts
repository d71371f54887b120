import type { Entry } from '../../domain/plan/entry.ts';

const KINDS =
  '(?:tables?|ind(?:ex|exes|ices)|columns?|views?|constraints?|schemas?|migrations?|enums?|sequences?|triggers?|relations?|(?:primary|foreign|unique) keys?|databases?|settings?|(?:environment )?variables?)';
const ADJECTIVES =
  '(?:(?:an?|the|new|unique|partial|composite|compound|covering|functional|database|sql|postgres\\w*|materiali[sz]ed)\\s+)*';

/** At the beginning of what is said of it: `index`, `a unique index on`, `: the table of orders`. */
const LEADING = new RegExp(`^[\\s:;,(–—-]*${ADJECTIVES}${KINDS}\\b`, 'i');

/** Just before it, in a sentence: `there is an index on`. */
const BEFORE = new RegExp(`\\b${KINDS}(?:\\s+(?:on|of|over|for|named|called))?\\s*$`, 'i');

/** A title over it: `Tables`, `Database`, `Schema and indexes`. */
const TITLE = new RegExp(`^(?:\\d+\\.?\\s+)?${ADJECTIVES}${KINDS}\\b`, 'i');

/** Whether the plan says that something is kept, not called: `index users(email)` has no span. */
export function isOfData({ note, group, isProse }: Entry): boolean {
  return TITLE.test(group) || (isProse === true ? BEFORE : LEADING).test(note);
}

/** Whether prose only speaks of it: where lists and tables say what the interfaces are, sentences explain them. */
export function isMentioned({ isProse }: Entry, entries: readonly Entry[]): boolean {
  return isProse === true && entries.some((one) => one.isProse !== true);
}
