import type { Block } from '../../domain/markdown/block.ts';
import { readMarkdown } from '../../domain/markdown/read-markdown.ts';
import { sectionOf } from '../../domain/markdown/section-of.ts';
import { textsOf } from '../../domain/markdown/texts-of.ts';
import { toPlainText } from '../../domain/markdown/to-plain-text.ts';
import { toComparable } from '../manifests/to-comparable.ts';

const TITLE = /^(?:\d+\.?\s+)?(?:new |added )?dependenc(?:y|ies)\b/i;

/** A name with fewer words beside it is a list, and no reason. */
const MIN_WORDS = 4;

/** Those of the names for which the section about dependencies gives a reason: in an item, a row or a paragraph. */
export function findJustified(markdown: string, names: readonly string[]): readonly string[] {
  const section = sectionOf(readMarkdown(markdown), TITLE);
  const reasons = section === null ? [] : joinHeadings(section.blocks).map(toComparable);
  return names.filter((name) => reasons.some((reason) => isReason(reason, name)));
}

/** A heading of a package belongs to what follows it. */
function joinHeadings(blocks: readonly Block[]): readonly string[] {
  const reasons: string[] = [];
  let title = '';
  for (const block of blocks) {
    if (block.kind === 'heading') {
      title = toPlainText(block.text);
      continue;
    }
    reasons.push(...reasonsOf(block).map((reason) => `${title} ${reason}`));
  }
  return reasons;
}

function reasonsOf(block: Block): readonly string[] {
  if (block.kind === 'table') {
    return block.rows.map(({ cells }) => cells.map(toPlainText).join(' '));
  }
  return block.kind === 'list'
    ? block.items.map((item) => [toPlainText(item.text), ...item.blocks.flatMap(textsOf)].join(' '))
    : [textsOf(block).join(' ')];
}

function isReason(reason: string, name: string): boolean {
  const words = reason.split(/[\s,;:()|]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const others = words.filter((word) => trim(word) !== name);
  return others.length < words.length && others.length >= MIN_WORDS;
}

/** Without the quotes, stops and versions around a name. */
function trim(word: string): string {
  return word
    .replace(/^["'`*]+/, '')
    .replace(/["'`*.!?]+$/, '')
    .replace(/(?<=.)(?:@|[=<>~^]=?).*$/, '');
}
