import type { Collector } from './collector.ts';
import { toDotted } from './script-name.ts';
import { isNode, type Node } from './script-node.ts';

/** Nobody makes one value of more; each is gone through for each part of a pattern. */
const MAX_ORIGINS = 20;

/**
 * What a pattern takes out of a value: `const { TOKEN } = process.env` reads `process.env.TOKEN`, and after
 * `const { env: e } = process` another name stands for `process.env`. So does `this.e` after `this.e = process.env`.
 */
export function bindPattern(target: unknown, value: unknown, collector: Collector): void {
  if (!isNode(target)) {
    return;
  }
  // A stack of our own: how deeply patterns are nested is up to their author.
  const open = originsOf(value).map((from): [Node, string] => [target, from]);
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const [pattern, origin] = item;
    if (pattern.type === 'Identifier' || pattern.type === 'MemberExpression') {
      collector.alias(toDotted(pattern), origin, pattern);
    }
    open.push(...restsOf(pattern).map((rest): [Node, string] => [rest, origin]));
    for (const { key, computed, value: taken, ...property } of propertiesOf(pattern)) {
      const name = isNode(key) && computed !== true ? toDotted(key) : '';
      const inner = withoutDefault(taken);
      collector.add('names', `${origin}.${name}`, property);
      open.push(...(inner === null ? [] : [[inner, `${origin}.${name}`] satisfies [Node, string]]));
    }
  }
}

/** `class A { e = process.env }`: `this.e` stands for `process.env`. */
export function bindField({ key, value, ...place }: Node, collector: Collector): void {
  const name = isNode(key) ? toDotted(key) : '';
  for (const origin of originsOf(value)) {
    collector.alias(`this.${name}`, origin, place);
  }
}

/** `import { env as e } from 'node:process'`: `e` stands for `process.env`. */
export function bindImport({ source, specifiers }: Node, collector: Collector): void {
  const module = isNode(source) ? String(source['value']).replace(/^node:/, '') : '';
  for (const { imported, local, ...one } of Array.isArray(specifiers) ? specifiers.filter(isNode) : []) {
    const name = isNode(imported) ? `.${toDotted(imported)}` : '';
    if (isNode(local)) {
      collector.alias(toDotted(local), `${module}${name}`, one);
    }
  }
}

/** Of `process.env ?? {}` and `{ ...process.env }`, too. */
function originsOf(value: unknown): readonly string[] {
  if (!isNode(value)) {
    return [];
  }
  const { type, left, properties } = value;
  const spread = type === 'ObjectExpression' ? listOf(properties) : [];
  const values = [
    type === 'LogicalExpression' && isNode(left) ? left : value,
    ...spread.flatMap(({ argument }) => (isNode(argument) ? [argument] : [])),
  ];
  const names = new Set(values.map(toDotted).filter((name) => name !== ''));
  return [...names].slice(0, MAX_ORIGINS);
}

function propertiesOf({ type, properties }: Node): readonly Node[] {
  return type === 'ObjectPattern' ? listOf(properties).filter(({ key }) => isNode(key)) : [];
}

/** What takes all the rest: `const { HOME, ...rest } = process.env`. */
function restsOf({ type, properties }: Node): readonly Node[] {
  const all = type === 'ObjectPattern' ? listOf(properties) : [];
  return all.flatMap(({ argument }) => (isNode(argument) ? [argument] : []));
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function withoutDefault(value: unknown): Node | null {
  if (!isNode(value)) {
    return null;
  }
  return value.type === 'AssignmentPattern' && isNode(value['left']) ? value['left'] : value;
}
