import type { Block } from './block.ts';
import { toPlainText } from './to-plain-text.ts';

/** The words of a block as its reader reads them, one text for each paragraph, item, cell or heading. Code blocks have none. */
export function textsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [toPlainText(block.text)];
    case 'list':
      return block.items.flatMap((item) => [toPlainText(item.text), ...item.blocks.flatMap(textsOf)]);
    case 'table':
      return [...block.header, ...block.rows.flatMap(({ cells }) => cells)].map(toPlainText);
    case 'quote':
      return block.blocks.flatMap(textsOf);
    case 'code':
    case 'html':
      return [];
  }
}

/** Their words in order; what has neither a letter nor a digit is none. */
export function listWords(blocks: readonly Block[]): readonly string[] {
  return blocks
    .flatMap(textsOf)
    .flatMap((text) => text.split(/\s+/))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** How many words they have. */
export function countWords(blocks: readonly Block[]): number {
  return listWords(blocks).length;
}
