import type { Block } from '../../domain/markdown/block.ts';
import { sectionOf } from '../../domain/markdown/section-of.ts';
import { countWords, textsOf } from '../../domain/markdown/texts-of.ts';

/** Of sections, not of the record: its own title may well speak of latency. */
const LATENCY = /^(?:\d+\.?\s+)?(?:(?:latency|performance) targets?|latency)$/i;
const UPGRADE = /^(?:\d+\.?\s+)?(?:upgrad(?:e|ing)|migration)\b/i;

/** A figure of time: `100 ms`, `0.2 s`, `250 microseconds`. */
const DURATION = /\d\s?(?:ms|[µμu]s|ns|s|(?:milli|micro|nano)?seconds?)\b/i;

/** Fewer words than this are a heading with an excuse. */
const MIN_UPGRADE_WORDS = 5;

/** What a decision record lacks, and where; from 1. */
export function findRecordFaults(
  blocks: readonly Block[],
  { minWords, maxWords }: { readonly minWords: number; readonly maxWords: number },
): readonly { readonly line: number; readonly message: string }[] {
  return [
    ...findLength(countWords(blocks), minWords, maxWords),
    ...findLatency(blocks),
    ...findUpgrade(blocks),
  ];
}

function findLength(words: number, min: number, max: number) {
  if (words >= min && words <= max) {
    return [];
  }
  const remedy =
    words < min
      ? `Say ${min - words} more of what a reader needs in two years.`
      : `Leave out the ${words - max} that matter least.`;
  return [
    {
      line: 1,
      message: `The record has ${words} words, and must have ${min} to ${max}; blocks of code do not count. ${remedy}`,
    },
  ];
}

function findLatency(blocks: readonly Block[]) {
  const section = sectionOf(blocks, LATENCY);
  if (section === null) {
    return [
      {
        line: 1,
        message:
          'There is no section `## Latency targets`. Write it: p99 with its unit, and how it was measured.',
      },
    ];
  }
  return section.blocks.flatMap(textsOf).some((text) => DURATION.test(text))
    ? []
    : [
        {
          line: section.line,
          message: '`## Latency targets` has no figure. Write one with its unit, such as `p99 under 100 ms`.',
        },
      ];
}

function findUpgrade(blocks: readonly Block[]) {
  const section = sectionOf(blocks, UPGRADE);
  const wanted =
    'what somebody who runs the version before must do, in order, and how to go back; if nothing, why';
  if (section === null) {
    return [{ line: 1, message: `There is no section \`## Upgrade path\`. Write it: ${wanted}.` }];
  }
  return countWords(section.blocks) >= MIN_UPGRADE_WORDS
    ? []
    : [{ line: section.line, message: `\`## Upgrade path\` says too little. It needs ${wanted}.` }];
}
