import { childrenOf, isNode, type Node } from '../source/script-node.ts';
import { readRunnerName } from './runner-name.ts';
import { isFunction, nodesOf, wordsOfCall } from './script-calls.ts';

/** The file, or a function in it that only its name leads to. */
export interface Scope {
  readonly name: string | null;
  /** All that is named in it, other than where that can never be reached. */
  readonly names: Set<string>;
}

/** Where a node stands: whether it is reached once its scope is. */
export interface Place {
  readonly scope: Scope;
  readonly reach: 'always' | 'perhaps' | 'never';
  /** Whether a condition may keep tests from being defined. In a loop or a function, it chooses among them. */
  readonly isPlain: boolean;
  readonly isExported: boolean;
}

export interface Placed {
  readonly node: Node;
  readonly parent: Node | null;
  readonly place: Place;
}

const LOOPS = /^(?:For|ForIn|ForOf|While|DoWhile)Statement$/;

/** The nodes that a node consists of. */
export function placesIn(placed: Placed): readonly Placed[] {
  return partsOf(placed).flatMap(([part, place]) =>
    isNode(part) ? [{ node: part, parent: placed.node, place }] : [],
  );
}

function partsOf(placed: Placed): readonly (readonly [unknown, Place])[] {
  const { node, place } = placed;
  const { type, test, left, right, operator } = node;
  if (type === 'IfStatement' || type === 'ConditionalExpression') {
    return [
      [test, place],
      [node['consequent'], branch(place, test, true)],
      [node['alternate'], branch(place, test, false)],
    ];
  }
  if (type === 'LogicalExpression' && operator !== '??') {
    return [
      [left, place],
      [right, branch(place, left, operator === '&&')],
    ];
  }
  if (type === 'BlockStatement' || type === 'Program') {
    const all = nodesOf(node['body']);
    const end = all.findIndex((one) => one.type === 'ReturnStatement' || one.type === 'ThrowStatement');
    return all.map((one, nth) => [one, end !== -1 && nth > end ? { ...place, reach: 'never' } : place]);
  }
  const inner = placeIn(placed);
  // A name is not spoken of where it is given.
  const parts = isNamed(node['init'], node) ? [node['init']] : childrenOf(node);
  return parts.map((part) => [part, inner]);
}

function placeIn(placed: Placed): Place {
  const { node, place } = placed;
  if (LOOPS.test(node.type)) {
    return { ...place, isPlain: false };
  }
  if (node.type.startsWith('Export')) {
    return { ...place, isExported: true };
  }
  return node.type === 'FunctionDeclaration' || isFunction(node) ? placeInFunction(placed) : place;
}

function placeInFunction(placed: Placed): Place {
  const name = ownNameOf(placed);
  return name === null || placed.place.isExported
    ? placeInCallback(placed)
    : {
        scope: { name, names: new Set() },
        reach: 'always',
        isPlain: false,
        isExported: false,
      };
}

function ownNameOf({ node, parent }: Placed): string | null {
  const isVariable = isNamed(node, parent);
  const id = isVariable ? parent?.['id'] : node['id'];
  return (isVariable || node.type === 'FunctionDeclaration') && isNode(id) ? String(id['name']) : null;
}

function placeInCallback({ parent, place }: Placed): Place {
  const isGroup = parent?.type === 'CallExpression' && readRunnerName(wordsOfCall(parent))?.kind === 'group';
  const reach = parent?.type === 'ExpressionStatement' ? 'never' : place.reach;
  return { ...place, reach, isPlain: place.isPlain && isGroup, isExported: false };
}

/** `const define = () => { ... }`. */
function isNamed(value: unknown, parent: Node | null): boolean {
  return (
    parent?.type === 'VariableDeclarator' &&
    isNode(parent['id']) &&
    parent['id'].type === 'Identifier' &&
    isNode(value) &&
    isFunction(value)
  );
}

function branch(place: Place, test: unknown, isTaken: boolean): Place {
  const known = isNode(test) ? truthOf(test) : null;
  if (known !== null) {
    return known === isTaken ? place : { ...place, reach: 'never' };
  }
  return place.isPlain && place.reach === 'always' ? { ...place, reach: 'perhaps' } : place;
}

/** Of what is plainly true or not; null for all else. `import.meta.vitest` is there in each test that Vitest runs. */
function truthOf({ type, value, object, property }: Node): boolean | null {
  if (type === 'Literal') {
    return Boolean(value);
  }
  const isVitest =
    isNode(object) && object.type === 'MetaProperty' && isNode(property) && property['name'] === 'vitest';
  return isVitest ? true : null;
}
