import { childrenOf, isNode, type Node } from '../source/script-node.ts';
import { readRunnerName } from './runner-name.ts';
import { argumentsOf, callsAmong, isFunction, nodesOf, statementsOf, wordsOfCall } from './script-calls.ts';

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
  /** The tests of the other branch of a condition, by their names. */
  readonly others: ReadonlyMap<string, Node>;
}

export interface Placed {
  readonly node: Node;
  readonly parent: Node | null;
  readonly place: Place;
}

const NONE: Place['others'] = new Map();
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
    const isFirst = place.reach === 'always';
    return [
      [test, place],
      [
        node['consequent'],
        { ...branch(place, test, true), others: isFirst ? testsIn(node['alternate']) : NONE },
      ],
      [
        node['alternate'],
        { ...branch(place, test, false), others: isFirst ? testsIn(node['consequent']) : NONE },
      ],
    ];
  }
  if (type === 'LogicalExpression' && operator !== '??') {
    return [
      [left, place],
      [right, { ...branch(place, left, operator === '&&'), others: NONE }],
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

/** Those that a branch has by itself. Of two names that nobody knows, none is the same as the other. */
function testsIn(body: unknown): Place['others'] {
  const calls = isNode(body) ? callsAmong(statementsOf({ ...body, body })) : [];
  const named = calls.map((call) => [nameOfTest(call), call] as const);
  return new Map(named.filter(([name]) => name !== ''));
}

/** What a test is called; empty when that is no plain text. */
export function nameOfTest(call: Node): string {
  const [name] = argumentsOf(call);
  const [said, ...more] = nodesOf(name?.['quasis']);
  const value = said !== undefined && more.length === 0 ? said['value'] : name?.['value'];
  const text = typeof value === 'object' && value !== null && 'cooked' in value ? value.cooked : value;
  return typeof text === 'string' ? text : '';
}

function placeIn(placed: Placed): Place {
  const { node, place } = placed;
  if (LOOPS.test(node.type)) {
    return { ...place, isPlain: false, others: NONE };
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
        others: NONE,
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
  return { ...place, reach, isPlain: place.isPlain && isGroup, isExported: false, others: NONE };
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
