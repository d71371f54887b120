/**
 * Tells where the first match at or behind a place is, -1 for none. Asked for places in rising order, all answers
 * together take one walk over the text.
 */
export function nextOf(text: string, pattern: RegExp): (from: number) => { start: number; end: number } {
  const search = new RegExp(pattern, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  let known = { start: 0, end: 0 };
  let isAsked = false;
  return (from) => {
    if (!isAsked || (known.start >= 0 && known.start < from)) {
      search.lastIndex = from;
      const match = search.exec(text);
      known = match === null ? NONE : { start: match.index, end: match.index + match[0].length };
      isAsked = true;
    }
    return known;
  };
}

const NONE = { start: -1, end: -1 };
