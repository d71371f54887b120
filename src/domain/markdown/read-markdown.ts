import MarkdownIt from 'markdown-it';
import type { Block } from './block.ts';
import { readBlocks } from './read-blocks.ts';

/** Deeper than people write; what is nested deeper is left out. */
const MAX_NESTING = 40;

const parser = new MarkdownIt({ html: true, maxNesting: MAX_NESTING });
parser.core.ruler.enableOnly(['normalize', 'block']);

/**
 * The blocks of a Markdown document (CommonMark with GitHub's tables and task lists). Inline marks are left as they are
 * written: only the block rules run, so that hostile text takes time in proportion to its length.
 */
export function readMarkdown(text: string): readonly Block[] {
  return readBlocks(parser.parse(text, {}));
}
