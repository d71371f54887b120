import type { SyntaxNode } from '@lezer/common';

/** What stands for "there is nothing": to compare with it asks for the opposite of what is compared. */
const NOTHING = /^(?:False|None|-1)$/;

/** Whether an expression holds when what stands in it does not: `not a`, `a != b`, `a not in b`; not `a is not None`. */
export function isPythonNegation(node: SyntaxNode, source: string): boolean {
  const [left, right] = [node.firstChild, node.lastChild];
  if (left === null || right === null) {
    return false;
  }
  if (node.name === 'UnaryExpression') {
    return left.name === 'not';
  }
  const operator = source.slice(left.to, Math.min(right.from, left.to + 200)).trim();
  const isOfNothing = [left, right].some(
    ({ from, to }) => to - from < 9 && NOTHING.test(source.slice(from, to)),
  );
  if (/^(?:==|is)$/.test(operator)) {
    return isOfNothing;
  }
  return operator === '<'
    ? source.slice(right.from, right.to) === '0'
    : /^(?:!=|is\s+not|not\s+in)$/.test(operator) && !isOfNothing;
}
