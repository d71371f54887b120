import { isNode, type Node } from './script-node.ts';

/** What stands for "there is nothing": to compare with it asks for the opposite of what is compared. */
const NOTHING = /^(?:false|null|undefined|-1)$/;

/** Whether an expression holds when what stands in it does not: `!a`, `a !== b`, `a === false`; not `a !== null`. */
export function isScriptNegation({ type, operator, left, right }: Node): boolean {
  if (type === 'UnaryExpression') {
    return operator === '!';
  }
  switch (operator) {
    case '==':
    case '===':
      return isNothing(left) || isNothing(right);
    case '!=':
    case '!==':
      return !isNothing(left) && !isNothing(right);
    case '<':
      // Of `indexOf`, which is -1 for what is not there.
      return wordOf(right) === '0';
    default:
      return false;
  }
}

function isNothing(node: unknown): boolean {
  return NOTHING.test(wordOf(node));
}

function wordOf(node: unknown): string {
  if (!isNode(node)) {
    return '';
  }
  const { type, operator, argument, expression, raw, name } = node;
  if (type === 'ParenthesizedExpression') {
    return wordOf(expression);
  }
  const word = type === 'UnaryExpression' ? operator : (raw ?? name);
  return typeof word === 'string' ? word + wordOf(argument) : '';
}
