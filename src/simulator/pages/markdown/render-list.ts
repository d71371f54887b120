import { renderInline } from './render-inline.ts';
import type { Block } from './render-markdown.ts';

type Item = { readonly depth: number; readonly ordered: boolean; readonly text: string };

const ITEM = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const MAX_DEPTH = 6;

/** A bullet or numbered list, nested by indentation; null when the lines do not start with one. */
export function renderList(lines: readonly string[]): Block | null {
  const items: Item[] = [];
  for (const line of lines) {
    const match = ITEM.exec(line);
    if (!match) {
      break;
    }
    const [, indent = '', number, text = ''] = match;
    const depth = Math.min(Math.floor(indent.length / 2), MAX_DEPTH, (items.at(-1)?.depth ?? -1) + 1);
    items.push({ depth, ordered: number !== undefined, text });
  }
  return items.length === 0 ? null : { html: renderItems(items), lines: items.length };
}

function renderItems(items: readonly Item[]): string {
  const [first] = items;
  if (!first) {
    return '';
  }
  const tag = first.ordered ? 'ol' : 'ul';
  const html: string[] = [];
  for (let at = 0; at < items.length; ) {
    const next = items.findIndex((item, index) => index > at && item.depth <= first.depth);
    const end = next < 0 ? items.length : next;
    html.push(`<li>${renderTask(items[at]?.text ?? '')}${renderItems(items.slice(at + 1, end))}</li>`);
    at = end;
  }
  return `<${tag}>${html.join('')}</${tag}>`;
}

function renderTask(text: string): string {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!task) {
    return renderInline(text);
  }
  const checked = task[1] === ' ' ? '' : ' checked';
  return `<input type="checkbox" disabled${checked}> ${renderInline(task[2] ?? '')}`;
}
