import type { SyntaxNode } from '@lezer/common';

const BETWEEN = new Set(['(', ',', ')', 'Comment']);

/** Where the arguments of a call are that have no name, up to the first that stands for several. */
export function positionalOf(list: SyntaxNode): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (
    let child = list.firstChild;
    child !== null && !child.name.startsWith('*');
    child = child.nextSibling
  ) {
    const next = child.nextSibling?.name ?? ')';
    // What is of several nodes has a name before it, or is a comprehension.
    if (isAlone(child) && BETWEEN.has(next)) {
      found.push({ start: child.from, end: child.to });
    }
  }
  return found;
}

function isAlone({ name, prevSibling }: SyntaxNode): boolean {
  return !BETWEEN.has(name) && BETWEEN.has(prevSibling?.name ?? '');
}
