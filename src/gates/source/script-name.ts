import { isNode, type Node } from './script-node.ts';

/** Longer chains are built by programs. */
const MAX_PARTS = 50;

/** The dotted name of an expression: `log.child().info`. Parts without a name are left empty. */
export function toDotted(node: Node): string {
  const parts: string[] = [];
  let calls = '';
  let rest: Node | null = unwrap(node);
  for (let depth = 0; rest !== null && depth < MAX_PARTS; depth += 1) {
    const step = toStep(rest);
    if (step.part === null) {
      calls = `()${calls}`;
    } else {
      parts.unshift(`${step.part}${calls}`);
      calls = '';
    }
    rest = step.rest;
  }
  return parts.join('.');
}

/** The outermost part, and what it is a part of; no part for a call. */
function toStep({ type, object, property, computed, callee, ...node }: Node): {
  readonly part: string | null;
  readonly rest: Node | null;
} {
  // `import.meta` is of a kind of its own.
  const whole = type === 'MetaProperty' ? node['meta'] : object;
  if (isNode(whole)) {
    const part = isNode(property) ? partOf(property, computed === true) : '';
    return { part, rest: unwrap(whole) };
  }
  if (type === 'CallExpression' || type === 'TaggedTemplateExpression') {
    const called = callee ?? node['tag'];
    return { part: null, rest: isNode(called) ? unwrap(called) : null };
  }
  return { part: partOf({ type, ...node }, false), rest: null };
}

/** Without what only says how something is taken: `a?.b`, `(a as B)`, `a!`, `await a`. */
export function unwrap(node: Node): Node {
  let inner = node;
  for (let depth = 0; depth < MAX_PARTS; depth += 1) {
    const next = inner['expression'] ?? (inner.type === 'AwaitExpression' ? inner['argument'] : undefined);
    if (!WRAPPERS.has(inner.type) || !isNode(next)) {
      return inner;
    }
    inner = next;
  }
  return inner;
}

const WRAPPERS = new Set([
  'ChainExpression',
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
  'AwaitExpression',
]);

function partOf({ type, name, value }: Node, isComputed: boolean): string {
  if (type === 'ThisExpression') {
    return 'this';
  }
  if (typeof name === 'string') {
    return isComputed ? '' : name;
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
