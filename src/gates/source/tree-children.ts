import type { SyntaxNode } from '@lezer/common';

/** The nodes that a node of a Lezer tree consists of. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    children.push(child);
  }
  return children;
}
