import type { SourceFacts, Stretch } from './source-facts.ts';

type List = keyof SourceFacts;
type Writable = { -readonly [Name in List]: SourceFacts[Name][number][] };

/** Gathers the facts of one file, in whatever order they are found. */
export interface Collector {
  call(callee: string, argumentsAt: number, place: CallPlace): void;
  add(list: Exclude<List, 'calls' | 'branches' | 'negations' | 'aliases'>, text: string, place: Span): void;
  /** `places`: what the branch guards, and what is done instead. */
  branch(test: Span, places: { readonly end: number; readonly otherwise: Span | null }): void;
  negation(place: Span): void;
  alias(text: string, of: string, place: Span): void;
  /** All of them, in the order of the file. */
  facts(): SourceFacts;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface CallPlace extends Span {
  readonly decorates?: true;
  /** None when it is not known where they are. */
  readonly positional?: readonly Span[];
}

export function createCollector(source: string): Collector {
  const lists: Writable = {
    calls: [],
    definitions: [],
    names: [],
    keys: [],
    texts: [],
    branches: [],
    negations: [],
    aliases: [],
  };
  const breaks = Array.from(source.matchAll(/\n/g), ({ index }) => index);

  function toStretch({ start, end }: Span): Stretch {
    return { start, end, line: lineAt(breaks, start), endLine: lineAt(breaks, Math.max(start, end - 1)) };
  }

  return {
    call(callee, argumentsAt, place) {
      const { decorates = false, positional = [] } = place;
      lists.calls.push({ callee, argumentsAt, positional, decorates, ...toStretch(place) });
    },
    add(list, text, place) {
      lists[list].push({ text, ...toStretch(place) });
    },
    branch(test, { end, otherwise }) {
      lists.branches.push({
        testEnd: test.end,
        otherwise: otherwise === null ? null : toStretch(otherwise),
        ...toStretch({ start: test.start, end }),
      });
    },
    negation(place) {
      lists.negations.push(toStretch(place));
    },
    alias(text, of, place) {
      lists.aliases.push({ text, of, ...toStretch(place) });
    },
    facts() {
      for (const list of Object.values(lists)) {
        list.sort((a, b) => a.start - b.start);
      }
      return lists;
    },
  };
}

/** From 1: one more than there are breaks before the offset. */
function lineAt(breaks: readonly number[], offset: number): number {
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((breaks[middle] ?? 0) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low + 1;
}
