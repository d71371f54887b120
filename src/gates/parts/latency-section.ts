import type { Block } from '../../domain/markdown/block.ts';
import { sectionOf } from '../../domain/markdown/section-of.ts';

/** Of sections, not of the record: its own title may well speak of latency. */
const TITLE = /^(?:\d+\.?\s+)?(?:(?:latency|performance) targets?|latency)$/i;

/** Where a decision record says how fast it stays; null when it does not. */
export function latencySectionOf(blocks: readonly Block[]): ReturnType<typeof sectionOf> {
  return sectionOf(blocks, TITLE);
}
