import type { z } from 'zod';
import type { CatalogFault } from './fault.ts';

/** One complaint of a schema. */
export type Issue = z.ZodError['issues'][number];
/** What is wrong, and what to do about it. */
export type Words = Pick<CatalogFault, 'message' | 'remedy'>;

/** What a schema wants, in words, and how that is written in YAML. */
const TYPES: Readonly<Record<string, readonly [what: string, how: string]>> = {
  boolean: ['true or false', 'Write true or false, without quotes.'],
  number: ['a number', 'Write a number, without quotes and without a unit.'],
  int: ['a whole number', 'Leave out what follows the decimal point.'],
  string: ['a text', 'Write a text; what looks like a number, in quotes.'],
  array: ['a list', 'Write a list, such as `[a, b]`.'],
  object: ['keys with values', 'Write `key: value` lines below it.'],
  record: ['keys with values', 'Write `key: value` lines below it.'],
};
/** How the messages begin that the schema library makes by itself; others are our own. */
const MADE = /^(?:Invalid|Too big|Too small|Unrecognized)\b/;
/** Longer values help nobody to find theirs. */
const LONGEST_SHOWN = 40;

/** What is wrong with the value `value`, which stands at `name` unless it is undefined, and what to write in its place. */
export function toIssueWords(name: string, issue: Issue, value: unknown): Words {
  if (value === undefined) {
    const choice = issue.code === 'invalid_value' ? ` Use one of: ${issue.values.join(', ')}.` : '';
    return { message: `${name} is missing`, remedy: `Add it.${choice}` };
  }
  if (!MADE.test(issue.message)) {
    return toOwnWords(name, issue.message);
  }
  if (issue.code === 'invalid_type') {
    const [what, how] = TYPES[issue.expected] ?? [issue.expected, 'Correct the value.'];
    return { message: `${name} must be ${what}, and is ${describe(value)}`, remedy: how };
  }
  if (issue.code === 'invalid_value') {
    const remedy = `Use one of: ${issue.values.join(', ')}.`;
    return { message: `${name} cannot be ${describe(value)}`, remedy };
  }
  return issue.code === 'too_big' || issue.code === 'too_small'
    ? toLimitWords(name, issue)
    : { message: `${name} is wrong: ${issue.message}`, remedy: 'Correct the value.' };
}

function toOwnWords(name: string, own: string): Words {
  const message = own.startsWith('must ') ? `${name} ${own}` : `${name} is wrong: ${own}`;
  return { message, remedy: 'Correct the value.' };
}

function toLimitWords(name: string, issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): Words {
  const [limit, atLimit, beyond] =
    issue.code === 'too_big'
      ? ([issue.maximum, 'at most', 'less than'] as const)
      : ([issue.minimum, 'at least', 'more than'] as const);
  const bound = `${issue.inclusive === false ? beyond : atLimit} ${limit}`;
  if (issue.origin === 'array') {
    const message = `${name} must have ${bound} ${limit === 1 ? 'entry' : 'entries'}`;
    return { message, remedy: 'Correct the list.' };
  }
  if (issue.origin !== 'string') {
    return { message: `${name} must be ${bound}`, remedy: `Write a number that is ${bound}.` };
  }
  return issue.code === 'too_small' && limit === 1
    ? { message: `${name} is empty`, remedy: 'Fill it in, or take it out.' }
    : { message: `${name} must have ${bound} characters`, remedy: 'Correct its length.' };
}

/** A value as somebody finds it again in their file. */
function describe(value: unknown): string {
  if (value === null || value === undefined) {
    return 'empty';
  }
  if (typeof value === 'object') {
    return Array.isArray(value) ? 'a list' : 'keys with values';
  }
  const isText = typeof value === 'string';
  const shown = isText ? `'${value}'` : JSON.stringify(value);
  const isShort = shown.length <= LONGEST_SHOWN && !/\p{Cc}/u.test(shown);
  return isShort ? shown : `a ${isText ? 'text' : 'number'}`;
}
