import type { SyntaxNode } from '@lezer/common';
import { toDotted } from './python-name.ts';
import { childrenOf } from './tree-children.ts';

/** Nobody makes one value of more. */
const MAX_ORIGINS = 20;

/** A value by its dotted name, and where it is named. */
interface Origin {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a value may be, or is a copy of: of `given or {**os.environ, "A": "b"}`, it is `given` and `os.environ`. */
export function originsOf(value: SyntaxNode, source: string): readonly Origin[] {
  const origins: Origin[] = [];
  // A stack of our own: how deeply values are nested is up to their author.
  const open = [value];
  for (let one = open.pop(); one !== undefined && origins.length < MAX_ORIGINS; one = open.pop()) {
    const name = isName(one) ? one : copiedBy(one, source);
    if (name !== null) {
      origins.push({ text: toDotted(source.slice(name.from, name.to)), start: one.from, end: one.to });
    }
    open.push(...choicesOf(one, source).slice(0, MAX_ORIGINS));
  }
  return origins;
}

function choicesOf(node: SyntaxNode, source: string): readonly SyntaxNode[] {
  const parts = childrenOf(node);
  switch (node.name) {
    case 'ParenthesizedExpression':
      return parts.slice(1, -1);
    case 'ConditionalExpression':
      return parts.filter(({ prevSibling }) => prevSibling?.name !== 'if');
    case 'BinaryExpression':
      return parts.some(({ name, from, to }) => name === 'or' || source.slice(from, to) === '|') ? parts : [];
    case 'DictionaryExpression':
      return parts.filter(({ prevSibling }) => prevSibling?.name === '**');
    case 'CallExpression':
      return givenToDict(parts, source);
    default:
      return [];
  }
}

/** Those of `dict(a, **b)`. */
function givenToDict([callee, list]: readonly SyntaxNode[], source: string): readonly SyntaxNode[] {
  if (!callee || list?.name !== 'ArgList' || source.slice(callee.from, callee.to) !== 'dict') {
    return [];
  }
  return childrenOf(list).filter(
    ({ prevSibling, nextSibling }) =>
      /^(?:\(|,|\*\*)$/.test(prevSibling?.name ?? '') && nextSibling?.name !== 'AssignOp',
  );
}

/** Of `a.copy()`, it is `a`. */
function copiedBy({ name, firstChild: callee }: SyntaxNode, source: string): SyntaxNode | null {
  const isCopy = name === 'CallExpression' && callee?.name === 'MemberExpression';
  const copied = isCopy && source.slice(callee.from, callee.to).endsWith('.copy') ? callee.firstChild : null;
  return copied !== null && isName(copied) ? copied : null;
}

function isName({ name }: SyntaxNode): boolean {
  return name === 'VariableName' || name === 'MemberExpression';
}
