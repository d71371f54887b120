import { findComments } from './find-comments.ts';
import { syntaxOf } from './syntax-of.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** Words that make a judge look away, where a comment begins with them. */
const AT_START =
  /^(?:eslint-disable|@ts-(?:ignore|expect-error|nocheck)|biome-ignore|oxlint-disable|deno-lint-ignore|tslint:disable|stylelint-disable|jshint ignore|(?:istanbul|c8|v8) ignore|nolint|NOLINT|nosec|#nosec|phpcs:(?:ignore|disable)|@phpstan-ignore|NOSONAR)(?![\w])/;

/** The same, wherever they stand in a comment that begins with a hash. */
const AFTER_HASH =
  /#\s{0,5}(?:noqa|type:\s{0,5}ignore|nosec|pragma:\s{0,5}no\s?(?:cover|branch)|pylint:\s{0,5}(?:disable|skip-file)|mypy:\s{0,5}(?:ignore-errors|disable)|pyright:\s{0,5}ignore|ruff:\s{0,5}noqa|flake8:\s{0,5}noqa|rubocop:(?:disable|todo)|shellcheck disable|yamllint disable|NOSONAR)(?!\w)/i;

const ANYWHERE = /(?<!\w)NOSONAR(?!\w)/;

/** Longest part of a line that is read and shown. */
const READ = 500;

interface Suppression {
  readonly text: string;
  readonly line: number;
}

/** Comments that the change adds and that switch a judge off for some code. Moved inside a file, they are not new. */
export function findSuppressions({ path, before, after }: TextChange): readonly Weakening[] {
  const left = new Map<string, number>();
  for (const { text } of listSuppressions(path, before ?? '')) {
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return listSuppressions(path, after ?? '').flatMap(({ text, line }) => {
    const times = left.get(text) ?? 0;
    left.set(text, times - 1);
    return times > 0 ? [] : [{ line, message: `This comment switches a check off: ${text}` }];
  });
}

function listSuppressions(path: string, content: string): readonly Suppression[] {
  const syntax = syntaxOf(path);
  if (syntax === null) {
    return [];
  }
  const found: Suppression[] = [];
  let line = 1;
  let counted = 0;
  for (const { start, end } of findComments(content, syntax)) {
    line += content.slice(counted, start).split('\n').length - 1;
    counted = start;
    for (const [index, text] of content.slice(start, end).split('\n').entries()) {
      const shown = text.slice(0, READ).trim();
      if (suppresses(shown)) {
        found.push({ text: shown, line: line + index });
      }
    }
  }
  return found;
}

function suppresses(line: string): boolean {
  if (line.startsWith('#')) {
    return AFTER_HASH.test(line);
  }
  // What opens a comment, and the star that many put before each line of one.
  const body = line.replace(/^(?:<!--|\/{1,4}\*{0,4}|\*{1,4}(?!\/))\s{0,20}/, '');
  return AT_START.test(body) || ANYWHERE.test(body);
}
