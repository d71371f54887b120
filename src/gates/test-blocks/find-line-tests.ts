import { isComment } from '../parts/is-comment.ts';
import { startsTest } from '../parts/test-files.ts';
import type { TestBlock } from './test-block.ts';

const LEAVES = /^\s{0,200}(?:t|b)\.Skip(?:f|Now)?\(/;
/** Up to the end of its line where it is not closed: to look for an end from each quote in it would take minutes. */
const TEXT = /`[^`]*`|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/g;
/** What checks something: an assertion, or a call of what may have one. What only frames tests is neither. */
const CHECKS =
  /\bassert\b|(?<![\w$.])(?!(?:async|function|func|def|test|it|specify|describe|suite|context|each|if|for|while)\b)[A-Za-z_$][\w$.]*[ \t]?\(/;

/** The tests of a file in a language without a reader, such as Go, Ruby or PHP: formatters see to its indents. */
export function findLineTests(text: string): readonly TestBlock[] {
  const lines = text.split('\n');
  const offsets = [0];
  for (const [index, line] of lines.entries()) {
    offsets.push((offsets[index] ?? 0) + line.length + 1);
  }
  const starts = [...lines.entries()].flatMap(([index, line]) => (startsTest(line) ? [index] : []));
  return starts.map((start, nth) => {
    const all = lines.slice(start, starts[nth + 1] ?? lines.length);
    const own = all.slice(0, countOwn(all));
    const end = (offsets[start + own.length] ?? text.length + 1) - 1;
    return { kind: 'test', start: offsets[start] ?? 0, end, isRun: !isEmpty(own) && !leaves(own) };
  });
}

/** Up to the brace that closes it. */
function countOwn([first = '', ...rest]: readonly string[]): number {
  if (/\}\s*$/.test(first)) {
    return 1;
  }
  const closed = rest.findIndex((line) => /^\s*[})]/.test(line) && indentOf(line) <= indentOf(first));
  return closed === -1 ? rest.length + 1 : closed + 2;
}

/** As a statement of its own; what ends a test under a condition leaves it on. */
function leaves([, ...body]: readonly string[]): boolean {
  const indent = indentOf(body.find((line) => line.trim() !== '') ?? '');
  return body.some((line) => LEAVES.test(line) && indentOf(line) === indent);
}

function isEmpty([first = '', ...rest]: readonly string[]): boolean {
  const body = [withoutName(first), ...rest].filter((line) => !isComment(line));
  return !CHECKS.test(body.join('\n').replaceAll(TEXT, (text) => (isClosed(text) ? "''" : text)));
}

function isClosed(text: string): boolean {
  return text.length > 1 && text.at(0) === text.at(-1);
}

/** Its name is no call: `func TestSum(t *testing.T)`. */
function withoutName(line: string): string {
  return line.replace(/\b(?:def|func)\s+\w+\s?\(/, '');
}

function indentOf(line: string): number {
  return line.search(/\S/);
}
