import type { Block } from '../markdown/block.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';

const BEGIN = /^(?:scenario(?: outline)?:|given\b)/i;
const STEP = /^(?:scenario(?: outline)?:|given\b|when\b|then\b|and\b|but\b|\*\s)/i;

/** The scenarios in `Given ... When ... Then ...` of a block, each in one line: in prose, lists, quotes and code. */
export function readScenarios(block: Block): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
    case 'code':
      return joinScenarios(block.text.split('\n'));
    case 'quote':
      return block.blocks.flatMap(readScenarios);
    case 'list':
      return joinScenarios(block.items.map(({ text }) => text).flatMap((text) => text.split('\n')));
    case 'heading':
    case 'html':
    case 'table':
      return [];
  }
}

/** Every line that begins a scenario opens one, unless it is the `Given` of one that has only its name. */
function joinScenarios(lines: readonly string[]): readonly string[] {
  const found: string[][] = [];
  for (const line of lines.map(toPlainText)) {
    const open = found.at(-1);
    const isNamed = open?.length === 1 && /^scenario/i.test(open[0] ?? '');
    if (BEGIN.test(line) && !(isNamed && /^given\b/i.test(line))) {
      found.push([line]);
    } else if (open !== undefined && STEP.test(line)) {
      open.push(line);
    }
  }
  return found.map((steps) => steps.join(' ')).filter((text) => /\bthen\b/i.test(text));
}
