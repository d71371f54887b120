import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource, wholeName } from './python-source.ts';

/** Marks and decorators after which a test need not run, or may fail. */
const OFF = /(?:^|\.)(?:skip|skipif|skipIf|skipUnless|xfail|expectedFailure)$/;
const LISTS = /^(?:Array|Tuple)Expression$/;

/** A file, and the names that it gives to marks: `needs_docker = pytest.mark.skipif(...)`. */
export interface MarkedSource extends PythonSource {
  readonly marks: ReadonlySet<string>;
}

export function readMarks(file: SyntaxNode, source: PythonSource): MarkedSource {
  const none = { ...source, marks: new Set<string>() };
  const marks = file
    .getChildren('AssignStatement')
    .filter((one) => isOffValue(one, none))
    .map(({ firstChild }) => (firstChild === null ? '' : source.text.slice(firstChild.from, firstChild.to)));
  return { ...source, marks: new Set(marks) };
}

/** `@pytest.mark.skip(reason="later")`; of a table of cases, when each of them is marked so. */
export function isOffDecorator(mark: SyntaxNode, source: MarkedSource): boolean {
  const given = mark.getChild('ArgList');
  // A comment on its line belongs to it.
  const to = mark.getChildren('VariableName').at(-1)?.to ?? mark.to;
  const name = { from: mark.from + 1, to };
  return isOffName(name, source) || (given !== null && hasOnlyOffCases(given, source));
}

/** Whether what is assigned, such as to `pytestmark`, is such a mark, or has one in a list. */
export function isOffValue({ lastChild }: SyntaxNode, source: MarkedSource): boolean {
  return lastChild !== null && isOffMark(lastChild, source);
}

/** What a call is given says nothing of the mark that it makes: `usefixtures(skip)`. */
function isOffMark(value: SyntaxNode, source: MarkedSource): boolean {
  if (value.name === 'VariableName' || value.name === 'MemberExpression') {
    return isOffName(value, source);
  }
  if (value.name !== 'CallExpression') {
    return childrenOf(value).some((one) => isOffMark(one, source));
  }
  const given = value.getChild('ArgList');
  return (
    (value.firstChild !== null && isOffMark(value.firstChild, source)) ||
    (given !== null && hasOnlyOffCases(given, source))
  );
}

function isOffName(name: Pick<SyntaxNode, 'from' | 'to'>, source: MarkedSource): boolean {
  const whole = wholeName(name, source).trim();
  return OFF.test(whole) || source.marks.has(whole);
}

/** A list each of whose cases is a `pytest.param(..., marks=...)` that is switched off. */
function hasOnlyOffCases(given: SyntaxNode, source: MarkedSource): boolean {
  return childrenOf(given)
    .filter(({ name }) => LISTS.test(name))
    .some((list) => {
      const cases = childrenOf(list).filter(({ name }) => !/^[[\](),]$|^Comment$/.test(name));
      return cases.length > 0 && cases.every((one) => isOffCase(one, source));
    });
}

function isOffCase(one: SyntaxNode, source: MarkedSource): boolean {
  const given = one.name === 'CallExpression' ? one.getChild('ArgList') : null;
  return (
    given !== null &&
    childrenOf(given).some(
      ({ from, to, nextSibling }) =>
        source.text.slice(from, to) === 'marks' &&
        nextSibling?.name === 'AssignOp' &&
        nextSibling.nextSibling !== null &&
        isOffMark(nextSibling.nextSibling, source),
    )
  );
}
