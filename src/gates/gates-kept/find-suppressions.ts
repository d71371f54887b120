import { findComments } from '../parts/find-comments.ts';
import { syntaxOf } from '../parts/syntax-of.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** Words that make a judge look away, where a comment begins with them. */
const AT_START = [
  'eslint-disable|oxlint-disable|tslint:disable|stylelint-disable|deno-lint-ignore|biome-ignore',
  '@ts-(?:ignore|expect-error|nocheck)|jshint ignore|svelte-ignore|noinspection',
  '(?:istanbul|c8|v8) ignore|node:coverage (?:ignore|disable)|deno-coverage-ignore',
  'nolint|NOLINT(?:NEXTLINE|BEGIN)?|#?nosec|phpcs:(?:ignore|disable)|@phpstan-ignore',
];
const BEGINS = new RegExp(`^(?:${AT_START.join('|')})(?!\\w)`);

/** The same where a comment begins with a hash; there they count after any later hash too. */
const AFTER_HASH = [
  'noqa|type: ?ignore|nosec|pragma: ?no ?(?:cover|branch)|pylint: ?(?:disable|skip-file)',
  'mypy: ?(?:ignore-errors|disable)|py(?:right|refly): ?ignore|ty: ?ignore|pyre-(?:ignore|fixme)|pytype: ?disable',
  '(?:ruff|flake8): ?noqa|rubocop:(?:disable|todo)|(?:shellcheck|yamllint) disable',
  'hadolint (?:global )?ignore|zizmor: ?ignore|checkov:skip|(?:tfsec|trivy):ignore',
];
const FOLLOWS_HASH = new RegExp(`# ?(?:${AFTER_HASH.join('|')})(?!\\w)`, 'i');

/** A comment that sets up the rules of a linter for its file, and a rule in it that no longer fails. */
const SETTING = /^\/\*{1,9} ?eslint ["'@\w/-]{1,100} ?:/;
const SET_OFF = /: ?(?:\[ ?)?["']?(?:off|0|warn|1)\b/;

/** Words that their tools look for anywhere in a comment. */
const ANYWHERE =
  /(?<!\w)(?:NOSONAR|nosemgrep|gitleaks:allow|LCOV_EXCL_(?:START|LINE))(?!\w)|(?:codeql|lgtm) ?\[/;

/** Longest part of a comment that is shown. */
const MAX_SHOWN = 500;

interface Suppression {
  /** All of it: of two that begin alike, one may switch off more. */
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
    return times > 0
      ? []
      : [{ line, message: `This comment switches a check off: ${text.slice(0, MAX_SHOWN)}` }];
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
    const comment = content.slice(start, end);
    found.push(...suppressionsIn(comment).map((one) => ({ ...one, line: line + one.line })));
  }
  return found;
}

/** Line by line, counted from 0; what sets rules for a file may stand on several, and counts where it begins. */
function suppressionsIn(comment: string): readonly Suppression[] {
  const whole = toPlain(comment);
  if (comment.includes('\n') && setsOff(whole)) {
    return [{ text: whole, line: 0 }];
  }
  return comment.split('\n').flatMap((text, line) => {
    const plain = toPlain(text);
    return suppresses(plain) ? [{ text: plain, line }] : [];
  });
}

function toPlain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function setsOff(comment: string): boolean {
  return SETTING.test(comment) && SET_OFF.test(comment);
}

/** Each space stands for any number of them, so that none can be hidden behind many. */
function suppresses(line: string): boolean {
  if (ANYWHERE.test(line)) {
    return true;
  }
  if (line.startsWith('#')) {
    return FOLLOWS_HASH.test(line);
  }
  // What opens a comment, and the star that many put before each line of one.
  const body = line.replace(/^(?:<!--|\/{1,9}\*{0,9}|\*{1,9}(?!\/)) ?/, '');
  return BEGINS.test(body) || setsOff(line);
}
