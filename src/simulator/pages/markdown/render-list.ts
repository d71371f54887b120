import type { Block, RenderInside } from './block.ts';

type Marker = { readonly indent: number; readonly number: string | null; readonly text: string };

const MARKER = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const TASK = /^\[([ xX])\]\s+(.*)$/;

/**
 * A bullet or numbered list; null when the lines do not start with one. What is indented below an item belongs to it,
 * also after a blank line.
 */
export function renderList(lines: readonly string[], renderInside: RenderInside): Block | null {
  const first = readMarker(lines[0] ?? '');
  if (!first) {
    return null;
  }
  const items: string[][] = [];
  let end = 0;
  for (; end < lines.length && belongs(lines.slice(end), first); end += 1) {
    const line = lines[end] ?? '';
    const marker = readMarker(line);
    if (marker && isSibling(marker, first)) {
      items.push([marker.text]);
    } else {
      items.at(-1)?.push(line);
    }
  }
  const html = items.map((item) => `<li>${renderItem(item, renderInside)}</li>`).join('');
  return { html: wrap(first, html), lines: end };
}

function readMarker(line: string): Marker | null {
  const match = MARKER.exec(line);
  return match ? { indent: match[1]?.length ?? 0, number: match[2] ?? null, text: match[3] ?? '' } : null;
}

/** Two blanks more make an item a child. */
function isSibling(marker: Marker, first: Marker): boolean {
  return marker.indent < first.indent + 2 && (marker.number === null) === (first.number === null);
}

function belongs(lines: readonly string[], first: Marker): boolean {
  const line = lines.find((one) => one.trim() !== '');
  if (line === undefined) {
    return false;
  }
  const marker = readMarker(line);
  return toIndent(line) >= first.indent + 2 || (marker !== null && isSibling(marker, first));
}

function toIndent(line: string): number {
  return line.length - line.trimStart().length;
}

function wrap({ number }: Marker, html: string): string {
  if (number === null) {
    return `<ul>${html}</ul>`;
  }
  return Number(number) === 1 ? `<ol>${html}</ol>` : `<ol start="${Number(number)}">${html}</ol>`;
}

function renderItem([text = '', ...rest]: readonly string[], renderInside: RenderInside): string {
  const [, tick, words = ''] = TASK.exec(text) ?? [];
  if (tick === undefined) {
    return renderTight([text, ...rest], renderInside);
  }
  const checked = tick === ' ' ? '' : ' checked';
  return `<input type="checkbox" disabled${checked}> ${renderTight([words, ...rest], renderInside)}`;
}

// The first words of an item stand beside its bullet, so they are no paragraph of their own.
function renderTight([text = '', ...rest]: readonly string[], renderInside: RenderInside): string {
  const common = Math.min(...rest.filter((line) => line.trim() !== '').map(toIndent));
  const inside = [text, ...rest.map((line) => line.slice(Math.min(common, line.length)))];
  return renderInside(inside).replace(/^<p>([\s\S]*?)<\/p>/, '$1');
}
