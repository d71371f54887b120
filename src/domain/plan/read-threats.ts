import type { Block } from '../markdown/block.ts';
import { toPlainText } from '../markdown/to-plain-text.ts';

/** What could happen to an asset. */
export interface Threat {
  readonly asset: string;
  /** What could happen, and what is done about it; empty when the row has only the asset. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Cells that are there for looks. */
const NOTHING = /^[\s;?–—-]*$/;

/** The rows of a table whose first column is the asset, or a list of `asset: threat`. */
export function readThreats(block: Block): readonly Threat[] {
  if (block.kind === 'table') {
    return block.rows.flatMap(({ cells, line }) => {
      const [asset = '', ...rest] = cells.map(toPlainText);
      return toThreat(asset, rest.join('; '), line);
    });
  }
  return block.kind === 'list'
    ? block.items.flatMap(({ text, line }) => {
        const [asset = '', ...rest] = toPlainText(text).split(/:\s|\s[-–—]\s/);
        return rest.length === 0 ? [] : toThreat(asset, rest.join(': '), line);
      })
    : [];
}

function toThreat(asset: string, text: string, line: number): readonly Threat[] {
  return NOTHING.test(asset) ? [] : [{ asset, text: NOTHING.test(text) ? '' : text, line }];
}
