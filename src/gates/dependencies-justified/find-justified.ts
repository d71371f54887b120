import type { Block } from '../../domain/markdown/block.ts';
import { readMarkdown } from '../../domain/markdown/read-markdown.ts';
import { sectionOf } from '../../domain/markdown/section-of.ts';
import { textsOf } from '../../domain/markdown/texts-of.ts';
import { toPlainText } from '../../domain/markdown/to-plain-text.ts';
import { toComparable } from '../manifests/to-comparable.ts';

const TITLE = /^(?:\d+\.?\s+)?(?:new |added )?dependenc(?:y|ies)\b/i;

/** A name with fewer words beside it is a list, and no reason. */
const MIN_WORDS = 4;

/** Longer than any registry allows. */
const MAX_NAME = 300;

/** The reason that the section about dependencies gives for each of the names: an item, a row or a paragraph. */
export function findJustified(markdown: string, names: readonly string[]): ReadonlyMap<string, string> {
  const section = sectionOf(readMarkdown(markdown), TITLE);
  const reasons = new Map<string, string>();
  for (const reason of section === null ? [] : joinHeadings(section.blocks)) {
    for (const name of namesIn(toComparable(reason))) {
      reasons.set(name, reasons.get(name) ?? reason.trim());
    }
  }
  return new Map(
    names.flatMap((name) => {
      const reason = reasons.get(name);
      return reason === undefined ? [] : [[name, reason] as const];
    }),
  );
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

/** Each word of a reason that has enough others beside it. */
function namesIn(reason: string): readonly string[] {
  const words = reason.split(/[\s,;:()|]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const times = new Map<string, number>();
  for (const word of words.map(trim)) {
    times.set(word, (times.get(word) ?? 0) + 1);
  }
  return [...times].flatMap(([word, count]) => (words.length - count >= MIN_WORDS ? [word] : []));
}

/** Without the quotes, stops and versions around a name. */
function trim(word: string): string {
  return word
    .slice(0, MAX_NAME)
    .replace(/^["'`*]+/, '')
    .replace(/["'`*.!?]+$/, '')
    .replace(/(?<=.)(?:@|[=<>~^]=?).*$/, '');
}
