import type { SyntaxNode } from '@lezer/common';

/** Nobody nests what is asked in a condition more deeply. */
const MAX_DEPTH = 20;

const OPERATIONS = new Set(['UnaryExpression', 'BinaryExpression']);
const OPERATORS = new Set(['not', 'and', 'or', 'CompareOp', 'is']);

/** Whether nothing is taken of a value: `if a:` asks whether it is there, `for b in a:` goes through its names. */
export function isUntaken(node: SyntaxNode): boolean {
  const isGoneThrough = /^ForStatement$|Comprehension/.test(node.parent?.name ?? '');
  return node.prevSibling?.name === 'in' ? isGoneThrough : isCondition(conditionAround(node));
}

/** The whole condition that a value is an operand of, as far as it is one. */
function conditionAround(node: SyntaxNode): SyntaxNode {
  let inner = node;
  for (let depth = 0; depth < MAX_DEPTH && isOperand(inner); depth += 1) {
    inner = inner.parent ?? inner;
  }
  return inner;
}

function isCondition({ parent, nextSibling }: SyntaxNode): boolean {
  return parent?.name === 'IfStatement' && nextSibling?.name === 'Body';
}

function isOperand({ parent, prevSibling, nextSibling }: SyntaxNode): boolean {
  const kind = parent?.name ?? '';
  const operator = (prevSibling ?? nextSibling)?.name ?? '';
  return kind === 'ParenthesizedExpression' || (OPERATIONS.has(kind) && OPERATORS.has(operator));
}
