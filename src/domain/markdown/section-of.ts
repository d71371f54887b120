import type { Block } from './block.ts';
import { toPlainText } from './to-plain-text.ts';

/** A heading with what stands below it, until the next heading that is not deeper. */
export interface Section {
  readonly line: number;
  /** Where the next section begins; null when this is the last. */
  readonly next: number | null;
  readonly blocks: readonly Block[];
}

/** The first section whose title matches; null when there is none. */
export function sectionOf(blocks: readonly Block[], title: RegExp): Section | null {
  const start = blocks.findIndex((block) => block.kind === 'heading' && title.test(toPlainText(block.text)));
  const heading = blocks[start];
  if (heading?.kind !== 'heading') {
    return null;
  }
  const rest = blocks.slice(start + 1);
  const end = rest.findIndex((block) => block.kind === 'heading' && block.depth <= heading.depth);
  const next = rest[end]?.line ?? null;
  return { line: heading.line, next, blocks: end === -1 ? rest : rest.slice(0, end) };
}
