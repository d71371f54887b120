import type { Node } from '../source/script-node.ts';
import { type Placed, placesIn, type Scope } from './script-places.ts';

/**
 * The calls of a file that need not be reached: below a condition, behind a `return`, in a function that nothing names. What
 * may be reached is left out, such as all that a loop, a callback or a function that is exported has.
 */
export function findUnreached(file: Node): ReadonlySet<Node> {
  const root: Scope = { name: null, names: new Set() };
  const scopes = new Set([root]);
  const calls: Placed[] = [];
  const open: Placed[] = [
    {
      node: file,
      parent: null,
      place: { scope: root, reach: 'always', isPlain: true, isExported: false },
    },
  ];
  // A stack of our own: how deeply a file is nested is up to its author.
  for (let placed = open.pop(); placed !== undefined; placed = open.pop()) {
    const { node, place } = placed;
    scopes.add(place.scope);
    if (node.type === 'CallExpression') {
      calls.push(placed);
    } else if (node.type.endsWith('Identifier') && place.reach !== 'never') {
      place.scope.names.add(String(node['name']));
    }
    for (const inner of placesIn(placed)) {
      open.push(inner);
    }
  }
  const reached = reachedOf(root, scopes);
  return new Set(
    calls
      .filter(({ place }) => place.reach !== 'always' || !reached.has(place.scope))
      .map(({ node }) => node),
  );
}

/** The scopes that some names lead to, from that of the file on. */
function reachedOf(root: Scope, scopes: ReadonlySet<Scope>): ReadonlySet<Scope> {
  const byName = Map.groupBy(scopes, ({ name }) => name);
  const reached = new Set([root]);
  // A set gives what is added while it is gone through.
  for (const { names } of reached) {
    for (const name of names) {
      for (const scope of byName.get(name) ?? []) {
        reached.add(scope);
      }
      byName.delete(name);
    }
  }
  return reached;
}
