import type { Block } from '../markdown/block.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';
import { isLeftOpen } from './is-left-open.ts';

/** What could happen to an asset. */
export interface Threat {
  readonly asset: string;
  /** What could happen; empty when the row has only the asset. */
  readonly text: string;
  /** Whether a column for what is done about it has nothing in this row. */
  readonly isUnanswered: boolean;
  /** From 1. */
  readonly line: number;
}

/** Who names the asset and writes one of these has thought of no threat. */
const NONE = /^(?:none|nothing|n\/?a|not applicable|no threats?)[\s.;-]*$/i;

/** The rows of a table whose first column is the asset, or a list of `asset: threat`. */
export function readThreats(block: Block): readonly Threat[] {
  if (block.kind === 'table') {
    return block.rows.flatMap(({ cells, line }) => toThreat(cells.map(toPlainText), line));
  }
  return block.kind === 'list'
    ? block.items.flatMap(({ text, line }) => {
        const [asset = '', ...rest] = toPlainText(text).split(/:\s|\s[-–—]\s/);
        return rest.length === 0 ? [] : toThreat([asset, rest.join(': ')], line);
      })
    : [];
}

function toThreat([asset = '', threat = '', ...answers]: readonly string[], line: number): readonly Threat[] {
  const text = isNothing(threat) ? '' : threat;
  return isLeftOpen(asset)
    ? []
    : [{ asset, text, isUnanswered: answers.length > 0 && answers.every(isNothing), line }];
}

function isNothing(text: string): boolean {
  return isLeftOpen(text) || NONE.test(text);
}
