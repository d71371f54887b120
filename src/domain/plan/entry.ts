import type { Block, ListItem } from '../markdown/block.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';

/** One thing that a document lists, and where. */
export interface Entry {
  /** What is named: a code span as it is, else the words before a dash, a colon or brackets. */
  readonly text: string;
  /** What is said of it; in a sentence, the words before it. */
  readonly note: string;
  /** The nearest heading over it within its section; empty when there is none. */
  readonly group: string;
  /** It stands in a sentence, and not in a list, a table or a block. */
  readonly isProse?: true;
  /** From 1. */
  readonly line: number;
}

const CODE_SPAN = /`([^`\n]{1,300})`/;
const END_OF_NAME = /\s+[-–—]+\s|:(?:\s|$)|\s\(/;

/** What lists, tables and headings with code spans name; prose explains them. */
export function readEntries(block: Block, group = ''): readonly Entry[] {
  return readBlock(block).map((entry) => ({ ...entry, group }));
}

type Read = Omit<Entry, 'group'>;

function readBlock(block: Block): readonly Read[] {
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
function readItem({ text, line, blocks }: ListItem): readonly Read[] {
  const below = blocks.flatMap(readBlock);
  return below.length === 0 || CODE_SPAN.test(text) ? toEntry(text, '', line) : below;
}

function toEntry(markdown: string, more: string, line: number): readonly Read[] {
  const plain = toPlainText(markdown);
  const text = CODE_SPAN.exec(markdown)?.[1]?.trim() ?? plain.split(END_OF_NAME)[0]?.trim() ?? '';
  return text === '' ? [] : [{ text, note: [plain.replace(text, '').trim(), more].join(' ').trim(), line }];
}
