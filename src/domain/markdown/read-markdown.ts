import MarkdownIt from 'markdown-it';
import type { Block } from './block.ts';
import { readBlocks } from './read-blocks.ts';

/** Deeper than people write; what is nested deeper is left out. */
const MAX_NESTING = 40;
/** More lines than people write; what comes after them is left out. Each can be a row of a table, which is slow to read. */
export const MAX_LINES = 10_000;

const parser = new MarkdownIt({ html: true, maxNesting: MAX_NESTING });
parser.core.ruler.enableOnly(['normalize', 'block']);

/**
 * The blocks of a Markdown document (CommonMark with GitHub's tables and task lists). Inline marks are left as they are
 * written: only the block rules run, so that hostile text takes time in proportion to its length.
 */
export function readMarkdown(text: string): readonly Block[] {
  return readBlocks(parser.parse(text.slice(0, endOfLine(text, MAX_LINES)), {}));
}

/** Where the line with this number ends; where the text does, when it has fewer. */
function endOfLine(text: string, number: number): number {
  const ends = /\r\n?|\n/g;
  for (let line = 1; line < number; line += 1) {
    if (ends.exec(text) === null) {
      return text.length;
    }
  }
  return ends.exec(text)?.index ?? text.length;
}
