import picomatch from 'picomatch';
import type { Evidence } from '../../domain/evidence.ts';
import type { Figure } from '../../domain/figure.ts';
import type { Block } from '../../domain/markdown/block.ts';
import { readMarkdown } from '../../domain/markdown/read-markdown.ts';
import { textsOf } from '../../domain/markdown/texts-of.ts';
import { toPlainText } from '../../domain/markdown/to-plain-text.ts';
import { toPattern } from '../../domain/to-pattern.ts';
import { latencySectionOf } from '../parts/latency-section.ts';
import { readText } from '../parts/read-text.ts';

/** What a decision record of the run wants a figure to keep to. */
export interface RecordedTarget {
  readonly name: string;
  /** In the unit of the figure. */
  readonly most: number;
  readonly path: string;
}

/** Words between a figure and its target, as in `p99: under 120 ms`. */
const BETWEEN = '[^\\d]{0,60}?';

/** The targets that decision records which the run has written set for these figures. The first of each name counts. */
export async function readRecordedTargets(
  evidence: Pick<Evidence, 'changedFiles' | 'readFile'>,
  globs: readonly string[],
  figures: readonly Figure[],
): Promise<readonly RecordedTarget[]> {
  const isRecord = picomatch([...globs], { dot: true });
  const changed = (await evidence.changedFiles()).filter(
    ({ path, status }) => status !== 'deleted' && isRecord(path),
  );
  const targets = new Map<string, RecordedTarget>();
  for (const { path } of changed) {
    const section = latencySectionOf(readMarkdown((await readText(evidence, 'head', path)) ?? ''));
    const lines = (section?.blocks ?? []).flatMap(linesOf);
    for (const { name, unit } of figures) {
      const most = targets.has(name) ? null : findTarget(lines, { name, unit });
      if (most !== null) {
        targets.set(name, { name, most, path });
      }
    }
  }
  return [...targets.values()];
}

/** The cells of a row belong together. */
function linesOf(block: Block): readonly string[] {
  return block.kind === 'table'
    ? block.rows.map(({ cells }) => cells.map(toPlainText).join(' '))
    : textsOf(block);
}

function findTarget(lines: readonly string[], { name, unit }: Pick<Figure, 'name' | 'unit'>): number | null {
  const pattern = new RegExp(
    `(?<![\\w.])${toPattern(name)}(?![\\w.])${BETWEEN}(\\d{1,9}(?:\\.\\d{1,6})?)\\s?${toPattern(unit)}(?!\\w)`,
    'i',
  );
  const found = lines.flatMap((line) => pattern.exec(line)?.[1] ?? [])[0];
  return found === undefined ? null : Number(found);
}
