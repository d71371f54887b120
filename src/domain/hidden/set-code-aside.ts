import { findTags, type Tag } from './find-tags.ts';
import { nextOf } from './next-of.ts';

/** A text with a mark in place of each piece of code. */
export interface Prose {
  readonly text: string;
  readonly codes: readonly string[];
}

/** Control characters, which no text has that a reader can see. */
const MARK = { before: '\u0001', behind: '\u0002' } as const;
const MARKED = new RegExp(`${MARK.before}(\\d+)${MARK.behind}`, 'g');

const FENCE = /^(?<indent> {0,3})(?<ticks>`{3,}(?=[^`]*$)|~{3,})/;
const TICKS_OR_TAG = /(?<escape>\\?)(?<ticks>`+)/g;
const HTML_LINE = /^[ \t>*+\-\d.)]*<[a-z/!?]/i;

/** In these, blank lines end nothing, so a fence may be inside. */
const VERBATIM = ['pre', 'script', 'style', 'textarea'];

/**
 * Sets the code of a Markdown text aside: fenced blocks, and spans inside one line. Only what is code beyond doubt: text
 * that we took for code and GitHub for HTML would be a way to hide. What is left in the text by this caution loses its
 * tags, no more. `readProse` is given each piece of the rest, and gives what it stands for.
 */
export function setCodeAside(text: string, readProse: (prose: string) => string): Prose {
  const codes: string[] = [];
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of findCode(text)) {
    pieces.push(readProse(text.slice(from, start)), MARK.before, String(codes.length), MARK.behind);
    codes.push(text.slice(start, end));
    from = end;
  }
  return { text: [...pieces, readProse(text.slice(from))].join(''), codes };
}

/** Puts the code back where its marks are left. */
export function putCodeBack(text: string, codes: readonly string[]): string {
  return text.replaceAll(MARKED, (_, index: string) => codes[Number(index)] ?? '');
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Fence {
  readonly start: number;
  readonly indent: number;
  readonly ticks: string;
}

function findCode(text: string): readonly Range[] {
  const scan = createScan(text);
  const found: Range[] = [];
  let fence: Fence | null = null;
  for (const { line, start } of linesOf(text)) {
    if (fence === null) {
      fence = scan.open(line, start);
      found.push(...(fence === null ? scan.spans(line, start) : []));
      continue;
    }
    const how = toFenceEnd(line, fence);
    if (how !== 'open') {
      found.push({ start: fence.start, end: how === 'closed' ? start + line.length : start });
      fence = null;
    }
    if (how === 'lost') {
      return found;
    }
  }
  return fence === null ? found : [...found, { start: fence.start, end: text.length }];
}

function* linesOf(text: string): Generator<{ readonly line: string; readonly start: number }> {
  let start = 0;
  while (start <= text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    yield { line: text.slice(start, end), start };
    start = end + 1;
  }
}

/** A line with less indentation may end the list that the block stands in: from there on nothing is sure. */
function toFenceEnd(line: string, { ticks, indent }: Fence): 'open' | 'closed' | 'lost' {
  const [, closing = ''] = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line) ?? [];
  if (closing.startsWith(ticks)) {
    return 'closed';
  }
  return line.trim() !== '' && !line.startsWith('\t') && line.search(/[^ ]/) < indent ? 'lost' : 'open';
}

/** Walks over the lines that are not in a fenced block, and knows what may still be open there. */
function createScan(text: string) {
  const tags = findTags(text);
  const reach = createReach(text);
  let next = 0;
  let coveredUntil = 0;
  let isHtml = false;
  let isUnsure = false;

  /** Takes in the tags before a place; those in code are none. */
  function cover(until: number, isCode: boolean): void {
    for (let tag = tags[next]; tag !== undefined && tag.start < until; tag = tags[next]) {
      next += 1;
      coveredUntil = isCode ? coveredUntil : Math.max(coveredUntil, reach(tag));
    }
  }

  return {
    open(line: string, start: number): Fence | null {
      if (line.trim() === '') {
        isHtml = false;
        isUnsure = false;
        return null;
      }
      isHtml ||= HTML_LINE.test(line);
      const { indent = '', ticks = '' } = FENCE.exec(line)?.groups ?? {};
      // What lies between here and the last line that was walked over is code.
      cover(start, true);
      return ticks === '' || isHtml || start < coveredUntil ? null : { start, indent: indent.length, ticks };
    },

    spans(line: string, start: number): readonly Range[] {
      const runs = toRuns(line);
      const found: Range[] = [];
      let from = start;
      for (const run of runs) {
        const at = start + run.start;
        if (at < from) {
          continue;
        }
        cover(at, false);
        isUnsure ||= isHtml || run.isEscaped || at < coveredUntil || run.end === null || isSplit(line, run);
        if (!isUnsure && run.end !== null) {
          from = start + run.end;
          cover(from, true);
          found.push({ start: at, end: from });
        }
      }
      cover(start + line.length, false);
      return found;
    },
  };
}

/** How far a tag may keep what follows from being Markdown. */
function createReach(text: string): (tag: Tag) => number {
  const closings = new Map(VERBATIM.map((name) => [name, nextOf(text, new RegExp(`</${name}`, 'i'))]));
  return ({ kind, name, start, end }) => {
    if (kind === 'declaration') {
      return text.startsWith('</', start) ? end : text.length;
    }
    const closing = kind === 'start' ? closings.get(name)?.(start) : undefined;
    return closing === undefined || closing.end > end ? (closing?.end ?? end) : text.length;
  };
}

interface Run {
  readonly start: number;
  /** Behind the run of the same length that closes it; null when none does on this line. */
  readonly end: number | null;
  readonly isEscaped: boolean;
}

/** A cell of a table ends every span, so one that reaches over a bar may be none. */
function isSplit(line: string, { start, end }: Run): boolean {
  const span = line.slice(start, end ?? start);
  return span.includes('|') && span.includes('<');
}

function toRuns(line: string): readonly Run[] {
  if (!line.includes('`')) {
    return [];
  }
  const matches = [...line.matchAll(TICKS_OR_TAG)];
  const behind = new Map<number, number>();
  const runs = matches.toReversed().map(({ index, groups = {} }): Run => {
    const { escape = '', ticks = '' } = groups;
    const start = index + escape.length;
    const closing = behind.get(ticks.length);
    behind.set(ticks.length, start);
    const end = closing === undefined ? null : closing + ticks.length;
    return { start, end, isEscaped: escape !== '' };
  });
  return runs.toReversed();
}
