import { escapeHtml } from './escape-html.ts';

// A code point of no alphabet, removed from the text first, stands where code or a link was set aside.
const MARK = '\uE000';
const KEPT = /\uE000(\d+)\uE000/g;
/** What a backslash takes its meaning from. */
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const CODE = /(`+)([\s\S]+?)\1/g;
const LINK = /!?\[([^\]\n]{0,500})\]\(([^()\s\uE000]{1,2000})(?:\s+"[^"]*")?\)/g;
const BARE_LINK = /(^|[\s(])(https?:\/\/[^\s<>"'\uE000]{1,2000})/g;
const ISSUE = /(^|[\s(])#(\d{1,9})\b/g;
const SAFE_TARGET = /^(?:https?:\/\/|#|\.{0,2}\/(?![/\\]))/i;
const MAX_LENGTH = 20_000;

/** The one tag that may be written as such: the only way to begin a line in a cell of a table. */
const LINE_BREAK = /&lt;br ?\/?&gt;/gi;

/** One run of Markdown text as HTML: code, links, bold, italic, struck out, line breaks. Everything else is escaped. */
export function renderInline(text: string): string {
  const kept: string[] = [];
  // What is set aside is not searched for more Markdown, but can stand inside bold words.
  function keep(html: string): string {
    kept.push(html);
    return `${MARK}${kept.length - 1}${MARK}`;
  }
  function restore(html: string): string {
    return html.replaceAll(KEPT, (_whole, index: string) => restore(kept[Number(index)] ?? ''));
  }
  const words = text
    .slice(0, MAX_LENGTH)
    .replaceAll(MARK, '')
    .replaceAll(CODE, (_whole, _ticks, code: string) => keep(`<code>${escapeHtml(code.trim())}</code>`))
    .replaceAll(ESCAPED, (_whole, sign: string) => keep(escapeHtml(sign)));
  // The text is escaped before any tag is added, so that only the tags added here are tags.
  return restore(renderEmphasis(renderLinks(escapeHtml(words), keep)).replaceAll(LINE_BREAK, '<br>'));
}

function renderLinks(escaped: string, keep: (html: string) => string): string {
  function link(target: string, label: string): string {
    return keep(`<a href="${target}" rel="nofollow noopener">${label}</a>`);
  }
  return (
    escaped
      .replaceAll(LINK, (whole, label: string, target: string) =>
        SAFE_TARGET.test(target) ? link(target, label === '' ? target : label) : whole,
      )
      .replaceAll(BARE_LINK, (_whole, before: string, target: string) => `${before}${link(target, target)}`)
      // Pages with Markdown are at <repository>/<kind>/<number>; the issue's page leads on to a pull request's.
      .replaceAll(
        ISSUE,
        (_whole, before: string, number: string) => `${before}${link(`../issues/${number}`, `#${number}`)}`,
      )
  );
}

function renderEmphasis(html: string): string {
  return html
    .replaceAll(/\*\*(?=\S)([^*]+?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/__(?=\S)([^_]+?)__/g, '<strong>$1</strong>')
    .replaceAll(/(^|[\s(])\*(?=\S)([^*\n]+?)\*/g, '$1<em>$2</em>')
    .replaceAll(/(^|[\s(])_(?=\S)([^_\n]+?)_(?=[\s).,;:!?]|$)/g, '$1<em>$2</em>')
    .replaceAll(/~~(?=\S)([^~]+?)~~/g, '<del>$1</del>');
}
