import type { Block } from '../../domain/markdown/block.ts';
import { sectionOf } from '../../domain/markdown/section-of.ts';
import { countWords, listWords, textsOf } from '../../domain/markdown/texts-of.ts';
import { latencySectionOf } from '../parts/latency-section.ts';

const UPGRADE = /^(?:\d+\.?\s+)?(?:upgrad(?:e|ing)|migration)\b/i;

/** A figure of time: `100 ms`, `0.2 s`, `250 microseconds`. */
const DURATION = /\d\s?(?:ms|[µμu]s|ns|s|(?:milli|micro|nano)?seconds?)\b/i;

/** Of 400 words of prose, two in five are different ones. */
const MIN_DIFFERENT = 0.3;
/** In longer texts, the same words come again. */
const COUNTED = 1_000;

/** Fewer words than this are a heading with an excuse. */
const MIN_UPGRADE_WORDS = 5;

/** What a decision record lacks, and where; from 1. */
export function findRecordFaults(
  blocks: readonly Block[],
  { minWords, maxWords }: { readonly minWords: number; readonly maxWords: number },
): readonly { readonly line: number; readonly message: string }[] {
  return [
    ...findLength(countWords(blocks), minWords, maxWords),
    ...findFiller(blocks),
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

/** The length asked for is reached by saying more, and not by saying it again. */
function findFiller(blocks: readonly Block[]) {
  const words = listWords(blocks).map((word) => word.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  const different = new Set(words).size;
  return different >= MIN_DIFFERENT * Math.min(words.length, COUNTED)
    ? []
    : [
        {
          line: 1,
          message: `Only ${different} of its ${words.length} words differ from each other: the record says the same again and again. Say what was weighed, and why it was decided so.`,
        },
      ];
}

function findLatency(blocks: readonly Block[]) {
  const section = latencySectionOf(blocks);
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
