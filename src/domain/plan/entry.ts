import type { Block, ListItem } from '../markdown/block.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';

/** One thing that a document lists, and where. */
export interface Entry {
  /** What is named: a code span as it is, else the words before a dash, a colon or brackets. */
  readonly text: string;
  /** What is said of it. */
  readonly note: string;
  /** From 1. */
  readonly line: number;
}

const CODE_SPAN = /`([^`\n]{1,300})`/;
const END_OF_NAME = /\s+[-–—]+\s|:(?:\s|$)|\s\(/;

/** What lists, tables and headings with code spans name; prose explains them. */
export function readEntries(block: Block): readonly Entry[] {
  if (block.kind === 'list') {
    return block.items.flatMap(readItem);
  }
  if (block.kind === 'table') {
    return block.rows.flatMap(({ cells: [first = '', ...rest], line }) =>
      toEntry(first, rest.map(toPlainText).join('; '), line),
    );
  }
  return block.kind === 'heading' && CODE_SPAN.test(block.text) ? toEntry(block.text, '', block.line) : [];
}

/** An item that names code is an entry, and what is below explains it; one that only groups others is none. */
function readItem({ text, line, blocks }: ListItem): readonly Entry[] {
  const below = blocks.flatMap(readEntries);
  return below.length === 0 || CODE_SPAN.test(text) ? toEntry(text, '', line) : below;
}

function toEntry(markdown: string, more: string, line: number): readonly Entry[] {
  const plain = toPlainText(markdown);
  const text = CODE_SPAN.exec(markdown)?.[1]?.trim() ?? plain.split(END_OF_NAME)[0]?.trim() ?? '';
  return text === '' ? [] : [{ text, note: [plain.replace(text, '').trim(), more].join(' ').trim(), line }];
}
