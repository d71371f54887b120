import { findComments } from './find-comments.ts';
import { syntaxOf } from './syntax-of.ts';

/** The text with its comments blanked, so that what is left keeps its line. */
export function withoutComments(path: string, text: string): string {
  const syntax = syntaxOf(path);
  if (syntax === null) {
    return text;
  }
  const kept: string[] = [];
  let at = 0;
  for (const { start, end } of findComments(text, syntax)) {
    kept.push(text.slice(at, start), text.slice(start, end).replaceAll(/[^\n]+/g, ' '));
    at = end;
  }
  return [...kept, text.slice(at)].join('');
}
