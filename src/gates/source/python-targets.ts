import type { SyntaxNode } from '@lezer/common';

const GROUPS = new Set(['TupleExpression', 'ArrayExpression', 'ParenthesizedExpression']);

/** What a statement writes to, or deletes: `a`, `b.c` and `d[e]` of `a, (b.c, d[e]) = f`. */
export function targetsOf(statement: SyntaxNode): readonly SyntaxNode[] {
  const targets: SyntaxNode[] = [];
  let side: SyntaxNode[] = [];
  for (const child of childrenOf(statement)) {
    if (child.name === 'AssignOp') {
      targets.push(...side);
      side = [];
    } else {
      side.push(child);
    }
  }
  return (statement.name === 'DeleteStatement' ? side : targets).flatMap(ungroup);
}

function ungroup(target: SyntaxNode): readonly SyntaxNode[] {
  return GROUPS.has(target.name) ? childrenOf(target).flatMap(ungroup) : [target];
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}
