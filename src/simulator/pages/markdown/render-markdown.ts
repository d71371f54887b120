import type { Block, RenderInside } from './block.ts';
import { escapeHtml } from './escape-html.ts';
import { renderInline } from './render-inline.ts';
import { renderList } from './render-list.ts';
import { isTableStart, renderTable } from './render-table.ts';

type Reader = (lines: readonly string[]) => Block | null;

const MAX_LINES = 5000;
/** Quotes and lists deeper than this are text. */
const MAX_DEPTH = 6;
const DISCLOSURE = /^\s*<(\/?)(details|summary)(?:\s+open)?>\s*(.*)$/i;

/** Markdown as safe HTML. HTML comments are hidden, `<details>` works, all other HTML shows as text. */
export function renderMarkdown(text: string): string {
  return renderBlocks(hideComments(text.replaceAll('\r\n', '\n')).split('\n').slice(0, MAX_LINES), 0);
}

function renderBlocks(lines: readonly string[], depth: number): string {
  function renderInside(inner: readonly string[]): string {
    return renderBlocks(inner, depth + 1);
  }
  const nesting: readonly Reader[] = [
    (rest) => readQuote(rest, renderInside),
    (rest) => renderList(rest, renderInside),
  ];
  const readers: readonly Reader[] = [
    readBlank,
    readFence,
    readHeading,
    readDisclosure,
    readRule,
    ...(depth < MAX_DEPTH ? nesting : []),
    readTable,
    readParagraph,
  ];
  const html: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const rest = lines.slice(at);
    const block = readers.map((read) => read(rest)).find((found) => found !== null) ?? { html: '', lines: 1 };
    html.push(block.html);
    at += block.lines;
  }
  return balanceDisclosures(html.join(''));
}

// Comments inside fenced code are code. An unclosed comment hides the rest, as on GitHub.
function hideComments(text: string): string {
  return text
    .split(/(^```[\s\S]*?^```)/m)
    .map((part) => (part.startsWith('```') ? part : part.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '')))
    .join('');
}

// Text cannot leave a disclosure open over the rest of the page, nor close one it did not open.
function balanceDisclosures(html: string): string {
  let open = 0;
  const kept = html.replaceAll(/<\/?details>/g, (tag) => {
    open += tag === '<details>' ? 1 : -1;
    if (open < 0) {
      open = 0;
      return '';
    }
    return tag;
  });
  return kept + '</details>'.repeat(open);
}

function readBlank([line]: readonly string[]): Block | null {
  return line?.trim() === '' ? { html: '', lines: 1 } : null;
}

function readFence(lines: readonly string[]): Block | null {
  const fence = /^\s{0,3}(`{3,}|~{3,})/.exec(lines[0] ?? '')?.[1];
  if (fence === undefined) {
    return null;
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trim().startsWith(fence));
  const code = lines.slice(1, end < 0 ? undefined : end).join('\n');
  return { html: `<pre><code>${escapeHtml(code)}</code></pre>`, lines: end < 0 ? lines.length : end + 1 };
}

function readHeading([line = '']: readonly string[]): Block | null {
  const match = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  const level = match?.[1]?.length;
  return match ? { html: `<h${level}>${renderInline(match[2] ?? '')}</h${level}>`, lines: 1 } : null;
}

function readDisclosure([line = '']: readonly string[]): Block | null {
  const match = DISCLOSURE.exec(line);
  if (!match) {
    return null;
  }
  const [, slash = '', name = '', rest = ''] = match;
  if (name.toLowerCase() === 'details') {
    return { html: `<${slash}details>${slash === '' && rest !== '' ? renderSummary(rest) : ''}`, lines: 1 };
  }
  return { html: slash === '' ? renderSummary(line.trim()) : '', lines: 1 };
}

function renderSummary(text: string): string {
  const words = text.replaceAll(/<\/?(?:summary|b|strong)>/gi, '').replace(/<\/details>\s*$/i, '');
  return `<summary>${renderInline(words)}</summary>`;
}

function readRule([line = '']: readonly string[]): Block | null {
  return /^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line) ? { html: '<hr>', lines: 1 } : null;
}

function readQuote(lines: readonly string[], renderInside: RenderInside): Block | null {
  const end = lines.findIndex((line) => !line.startsWith('>'));
  const count = end < 0 ? lines.length : end;
  if (count === 0) {
    return null;
  }
  const inner = lines.slice(0, count).map((line) => line.replace(/^>\s?/, ''));
  return { html: `<blockquote>${renderInside(inner)}</blockquote>`, lines: count };
}

function readTable(lines: readonly string[]): Block | null {
  return isTableStart(lines) ? renderTable(lines) : null;
}

function readParagraph(lines: readonly string[]): Block {
  const end = lines.findIndex(
    (line, index) =>
      index > 0 && /^\s*$|^#{1,6}\s|^\s{0,3}```|^>|^\s*<\/?details|^\s*(?:[-*+]|1[.)])\s/.test(line),
  );
  const count = end < 0 ? lines.length : end;
  return { html: `<p>${lines.slice(0, count).map(renderInline).join('<br>')}</p>`, lines: count };
}
