import type { Block } from './block.ts';
import { renderInline } from './render-inline.ts';

const SEPARATOR = /^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;

/** True when a table's head and its line of dashes come first. */
export function isTableStart(lines: readonly string[]): boolean {
  return (
    (lines[0]?.includes('|') ?? false) && (lines[1]?.includes('-') ?? false) && SEPARATOR.test(lines[1] ?? '')
  );
}

/** A table; it ends at the first line without a bar. */
export function renderTable(lines: readonly string[]): Block {
  const end = lines.findIndex((line) => !line.includes('|'));
  const count = end < 0 ? lines.length : end;
  const [head = '', , ...rows] = lines.slice(0, count);
  const body = rows.map((row) => `<tr>${renderCells(row, 'td')}</tr>`).join('');
  return {
    html: `<table><thead><tr>${renderCells(head, 'th')}</tr></thead><tbody>${body}</tbody></table>`,
    lines: count,
  };
}

function renderCells(row: string, tag: 'td' | 'th'): string {
  const cells = row
    .trim()
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => `<${tag}>${renderInline(cell.replaceAll('\\|', '|').trim())}</${tag}>`).join('');
}
