import type { Syntax } from './syntax-of.ts';

/** A comment in a file. `end` is where the text goes on. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** What stands before a slash that begins a regular expression, and not a division. */
const BEFORE_REGEX = '(,=:[!&|?{};+-*%<>~^';

/** Where the scanner is. Each position is looked at a fixed number of times, whatever the text is. */
interface Scan {
  readonly text: string;
  readonly syntax: Syntax;
  /** Up to here a quote is just a character: the line has one without its partner. */
  plainUntil: number;
  /** Long quotes that have no partner any more. */
  readonly spent: Set<string>;
  lastCode: string;
  /** Where the present line ends, looked for once per line. */
  lineEnd: number;
}

/**
 * The comments of a text in order. What looks like one inside of a text in quotes is none. Where quotes do not pair up,
 * rather too much is taken for a comment than too little.
 */
export function findComments(text: string, syntax: Syntax): readonly Comment[] {
  const scan: Scan = { text, syntax, plainUntil: 0, spent: new Set(), lastCode: '(', lineEnd: -1 };
  const comments: Comment[] = [];
  let at = 0;
  while (at < text.length) {
    const end = endOfComment(scan, at);
    if (end !== null) {
      comments.push({ start: at, end });
    }
    at = end ?? endOfText(scan, at) ?? step(scan, at);
  }
  return comments;
}

function step(scan: Scan, at: number): number {
  const character = scan.text[at] ?? '';
  if (character > ' ') {
    scan.lastCode = character;
  }
  return at + 1;
}

function endOfComment(scan: Scan, at: number): number | null {
  const { text, syntax } = scan;
  if (syntax.line.some((start) => text.startsWith(start, at))) {
    return endOfLine(scan, at);
  }
  const block = syntax.block.find(([start]) => text.startsWith(start, at));
  if (block === undefined) {
    return null;
  }
  const [start, stop] = block;
  const found = text.indexOf(stop, at + start.length);
  return found === -1 ? text.length : found + stop.length;
}

/** Where a text in quotes, or a regular expression, ends that begins here; null when none does. */
function endOfText(scan: Scan, at: number): number | null {
  const { text, syntax } = scan;
  const long = syntax.longQuotes.find((quote) => !scan.spent.has(quote) && text.startsWith(quote, at));
  if (long !== undefined) {
    return endOfLong(scan, at, long);
  }
  const character = text[at] ?? '';
  const isRegex = character === '/' && syntax.hasRegex && BEFORE_REGEX.includes(scan.lastCode);
  if (at < scan.plainUntil || !(isRegex || (character !== '' && syntax.quotes.includes(character)))) {
    return null;
  }
  const stop = endOfLine(scan, at);
  const end = findPartner(text, { from: at + 1, stop, quote: character });
  if (end === null) {
    scan.plainUntil = stop;
    return null;
  }
  scan.lastCode = ')';
  return end;
}

function endOfLong(scan: Scan, at: number, quote: string): number | null {
  const end = findPartner(scan.text, { from: at + quote.length, stop: scan.text.length, quote });
  if (end === null) {
    scan.spent.add(quote);
    return null;
  }
  scan.lastCode = ')';
  return end;
}

interface Search {
  readonly from: number;
  readonly stop: number;
  readonly quote: string;
}

function findPartner(text: string, { from, stop, quote }: Search): number | null {
  let isInClass = false;
  for (let at = from; at < stop; at += 1) {
    const character = text[at];
    if (character === '\\') {
      at += 1;
    } else if (quote === '/' && (character === '[' || character === ']')) {
      isInClass = character === '[';
    } else if (!isInClass && text.startsWith(quote, at)) {
      return at + quote.length;
    }
  }
  return null;
}

function endOfLine(scan: Scan, at: number): number {
  if (at > scan.lineEnd) {
    const end = scan.text.indexOf('\n', at);
    scan.lineEnd = end === -1 ? scan.text.length : end;
  }
  return scan.lineEnd;
}
