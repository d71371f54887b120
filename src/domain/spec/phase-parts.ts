import type { Block } from '../markdown/block.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';
import type { SpecFault } from './spec.ts';

/** The blocks of one phase, without its heading. */
export interface PhasePart {
  readonly heading: string;
  readonly line: number;
  /** The line after its last one. */
  readonly end: number;
  readonly blocks: readonly Block[];
}

type Heading = Block & { kind: 'heading' };

const TITLE = /^(?:\d+\.?\s+)?(?:implementation )?phases$/i;

/** The phases below `## Implementation Phases`, as parts of the document; faults when it is not clear where they are. */
export function splitPhases(
  blocks: readonly Block[],
  lines: number,
): { readonly parts: readonly PhasePart[]; readonly faults: readonly SpecFault[] } {
  const titles = blocks.filter(isTitle);
  const [title, second] = titles;
  if (title === undefined) {
    return nothing(
      1,
      'there is no heading `## Implementation Phases`',
      'Put the phases under such a heading.',
    );
  }
  if (second !== undefined) {
    return nothing(
      second.line,
      `a second heading of phases; the first is in line ${title.line}`,
      'Keep one list of phases, and give the other heading another name.',
    );
  }
  const section = sectionOf(blocks, title);
  const depth = section.find(isHeading)?.depth;
  if (depth === undefined) {
    return nothing(
      title.line,
      'there is no phase below this heading',
      'Add a heading for each, such as `### Phase 1: Set-up`.',
    );
  }
  const end = lineAfter(blocks, section, lines);
  return { parts: splitAt(section, depth, end), faults: [] };
}

function isHeading(block: Block): block is Heading {
  return block.kind === 'heading';
}

function isTitle(block: Block): block is Heading {
  return isHeading(block) && TITLE.test(toPlainText(block.text));
}

/** What stands under a heading, until the next one that is not below it. */
function sectionOf(blocks: readonly Block[], title: Heading): readonly Block[] {
  const rest = blocks.slice(blocks.indexOf(title) + 1);
  const end = rest.findIndex((block) => isHeading(block) && block.depth <= title.depth);
  return end === -1 ? rest : rest.slice(0, end);
}

function lineAfter(blocks: readonly Block[], section: readonly Block[], lines: number): number {
  const last = section.at(-1);
  const next = last === undefined ? undefined : blocks[blocks.indexOf(last) + 1];
  return next?.line ?? lines + 1;
}

function splitAt(section: readonly Block[], depth: number, end: number): PhasePart[] {
  const starts = section.flatMap((block, index) =>
    isHeading(block) && block.depth === depth ? [{ index, block }] : [],
  );
  return starts.map(({ index, block }, number) => {
    const next = starts[number + 1];
    return {
      heading: block.text,
      line: block.line,
      end: next?.block.line ?? end,
      blocks: section.slice(index + 1, next?.index),
    };
  });
}

function nothing(line: number, what: string, remedy: string) {
  return { parts: [], faults: [{ line, what, remedy }] };
}
