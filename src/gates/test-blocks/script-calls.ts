import { toDotted } from '../source/script-name.ts';
import { isNode, type Node } from '../source/script-node.ts';

/** What a call calls, word by word: `it.skipIf(x)('name', ...)` is `it`, `skipIf`. */
export function wordsOfCall({ callee }: Node): readonly string[] {
  return isNode(callee) ? toDotted(callee).replaceAll('()', '').split('.') : [];
}

export function argumentsOf(call: Node): readonly Node[] {
  return nodesOf(call['arguments']);
}

export function isFunction({ type }: Node): boolean {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression';
}

export function isText({ type, value }: Node): boolean {
  return type === 'TemplateLiteral' || (type === 'Literal' && typeof value === 'string');
}

/** The statements of a function, or of a file; those behind a `return` are never reached. */
export function statementsOf({ body }: Node): readonly Node[] {
  if (!isNode(body)) {
    const all = nodesOf(body);
    const end = all.findIndex(({ type }) => type === 'ReturnStatement');
    return end === -1 ? all : all.slice(0, end + 1);
  }
  return body.type === 'BlockStatement' ? statementsOf(body) : [body];
}

/** The calls that are statements of their own. */
export function callsAmong(statements: readonly Node[]): readonly Node[] {
  return statements.flatMap((one) => {
    const plain =
      one.type === 'ExpressionStatement' || one.type === 'ReturnStatement'
        ? (one['expression'] ?? one['argument'])
        : one;
    const inner = isNode(plain) && plain.type === 'AwaitExpression' ? plain['argument'] : plain;
    return isNode(inner) && inner.type === 'CallExpression' ? [inner] : [];
  });
}

export function nodesOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}
