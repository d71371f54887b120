import { unwrap } from './script-name.ts';
import { isNode, type Node } from './script-node.ts';

/** A node that is still to be read, and what is done with its value. */
export interface Item {
  readonly node: Node;
  readonly use: Use;
}

/**
 * `named` when it is called or only names something, `untaken` when only its names or whether it is there is asked,
 * `dropped` when it is a statement.
 */
type Use = 'read' | 'named' | 'untaken' | 'dropped';

export function toRead(node: Node): Item {
  return { node, use: 'read' };
}

export function toNamed(node: Node): Item {
  return { node, use: 'named' };
}

export function toUntaken(node: Node): Item {
  return { node: unwrap(node), use: 'untaken' };
}

export function toDropped(node: Node): Item {
  return { node: unwrap(node), use: 'dropped' };
}

/** Types say nothing of what is done, and names of imports and labels are no values. */
const NOT_VALUES = /^(?:type\w*|returnType|superType\w*|implements|params|specifiers|label|source|parent)$/;

/** What a node consists of, as values that are read. */
export function below(node: Node, without: readonly string[] = []): readonly Item[] {
  return Object.entries(node).flatMap(([name, value]) => {
    if (without.includes(name) || NOT_VALUES.test(name)) {
      return [];
    }
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter(isNode).map(toRead);
  });
}
