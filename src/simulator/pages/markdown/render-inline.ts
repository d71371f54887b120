import { escapeHtml } from './escape-html.ts';

const CODE = /(`+)([\s\S]+?)\1/;
const LINK = /!?\[([^\]\n]{0,500})\]\(([^()\s]{1,2000})(?:\s+"[^"]*")?\)/g;
const BARE_LINK = /(^|[\s(])(https?:\/\/[^\s<>"']{1,2000})/g;
const SAFE_TARGET = /^(?:https?:\/\/|#|\.{0,2}\/(?![/\\]))/i;
const MAX_LENGTH = 20_000;
// A code point of no alphabet, removed from the text first, stands where a link was set aside.
const MARK = '\uE000';

/** One run of Markdown text as HTML: code, links, bold, italic, struck out. Everything else is escaped. */
export function renderInline(text: string): string {
  const parts: string[] = [];
  let rest = text.slice(0, MAX_LENGTH);
  for (let match = CODE.exec(rest); match; match = CODE.exec(rest)) {
    parts.push(renderText(rest.slice(0, match.index)), `<code>${escapeHtml((match[2] ?? '').trim())}</code>`);
    rest = rest.slice(match.index + match[0].length);
  }
  return [...parts, renderText(rest)].join('');
}

// The text is escaped first, so that only the tags added here are tags.
function renderText(text: string): string {
  return renderLinks(escapeHtml(text))
    .replaceAll(/\*\*(?=\S)([^*]+?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/__(?=\S)([^_]+?)__/g, '<strong>$1</strong>')
    .replaceAll(/(^|[\s(])\*(?=\S)([^*\n]+?)\*/g, '$1<em>$2</em>')
    .replaceAll(/(^|[\s(])_(?=\S)([^_\n]+?)_(?=[\s).,;:!?]|$)/g, '$1<em>$2</em>')
    .replaceAll(/~~(?=\S)([^~]+?)~~/g, '<del>$1</del>');
}

function renderLinks(escaped: string): string {
  const kept: string[] = [];
  function keep(target: string, label: string): string {
    kept.push(`<a href="${target}" rel="nofollow noopener">${label}</a>`);
    return `${MARK}${kept.length - 1}${MARK}`;
  }
  // A link is set aside while the rest is searched, so that nothing inside its address is read as Markdown.
  return escaped
    .replaceAll(MARK, '')
    .replaceAll(LINK, (whole, label: string, target: string) =>
      SAFE_TARGET.test(target) ? keep(target, label === '' ? target : label) : whole,
    )
    .replaceAll(BARE_LINK, (_whole, before: string, target: string) => `${before}${keep(target, target)}`)
    .replaceAll(
      new RegExp(`${MARK}(\\d+)${MARK}`, 'g'),
      (_whole, index: string) => kept[Number(index)] ?? '',
    );
}
