import type { SourceFacts, Stretch } from './source-facts.ts';

type List = keyof SourceFacts;
type Writable = { -readonly [Name in List]: SourceFacts[Name][number][] };

/** Gathers the facts of one file, in whatever order they are found. */
export interface Collector {
  call(callee: string, argumentsAt: number, place: Span & { readonly decorates?: true }): void;
  add(list: Exclude<List, 'calls'>, text: string, place: Span): void;
  /** All of them, in the order of the file. */
  facts(): SourceFacts;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

export function createCollector(source: string): Collector {
  const lists: Writable = { calls: [], definitions: [], names: [], keys: [], texts: [] };
  const breaks = Array.from(source.matchAll(/\n/g), ({ index }) => index);

  function toStretch({ start, end }: Span): Stretch {
    return { start, end, line: lineAt(breaks, start), endLine: lineAt(breaks, Math.max(start, end - 1)) };
  }

  return {
    call(callee, argumentsAt, place) {
      const { decorates = false } = place;
      lists.calls.push({ callee, argumentsAt, decorates, ...toStretch(place) });
    },
    add(list, text, place) {
      lists[list].push({ text, ...toStretch(place) });
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
