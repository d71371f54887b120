import type { Collector } from './collector.ts';
import { toDotted, unwrap } from './script-name.ts';
import { isNode, type Node } from './script-node.ts';
import { EXPORTS, UNNAMED } from './source-facts.ts';

/** Nobody makes one value of more; each is gone through for each part of a pattern. */
const MAX_ORIGINS = 20;

/** What gives a copy of what it is given. */
const COPIES = /^(?:Object\.(?:assign|freeze)|structuredClone)$/;

/**
 * What a pattern takes out of a value: `const { TOKEN } = process.env` reads `process.env.TOKEN`, and after
 * `const { env: e } = process` another name stands for `process.env`. So does `this.e` after `this.e = process.env`.
 */
export function bindPattern(target: unknown, value: unknown, collector: Collector): void {
  if (!isNode(target)) {
    return;
  }
  // A stack of our own: how deeply patterns are nested is up to their author.
  const open = originsOf(value).map(([origin, node]) => ({ pattern: target, origin, node }));
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { pattern, origin, node } = item;
    collector.alias(toDotted(pattern) || UNNAMED, origin, node);
    for (const rest of restsOf(pattern)) {
      open.push({ pattern: rest, origin, node });
    }
    for (const property of propertiesOf(pattern)) {
      const inner = bindProperty(property, origin, collector);
      if (inner !== null) {
        const [taken, of] = inner;
        open.push({ pattern: taken, origin: of, node });
      }
    }
  }
}

/** What a property takes, and what of; null when it is nothing that could be taken apart. */
function bindProperty(
  { key, computed, value, ...place }: Node,
  origin: string,
  collector: Collector,
): [Node, string] | null {
  const of = `${origin}.${isNode(key) && computed !== true ? toDotted(key) : ''}`;
  const inner = withoutDefault(value);
  collector.add('names', of, place);
  collector.alias(UNNAMED, of, place);
  return inner === null ? null : [inner, of];
}

/** `class A { e = process.env }`: `this.e` stands for `process.env`. */
export function bindField({ key, value }: Node, collector: Collector): void {
  const name = isNode(key) ? toDotted(key) : '';
  for (const [origin, node] of originsOf(value)) {
    collector.alias(`this.${name}`, origin, node);
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

/** `spawn(program, { env: process.env })`: whoever takes it reads `given.env.TOKEN`, which is seen there. */
export function bindEnvironment({ key, value }: Node, collector: Collector): void {
  if (isNode(key) && toDotted(key) === 'env') {
    for (const [origin, node] of originsOf(value)) {
      collector.alias('.env', origin, node);
    }
  }
}

/** `export const settings = process.env`, `export { settings }`: `exports.settings` stands for `settings`. */
export function bindExports({ declaration, specifiers, source }: Node, collector: Collector): void {
  for (const { id } of isNode(declaration) ? listOf(declaration['declarations']) : []) {
    if (isNode(id) && id.type === 'Identifier') {
      collector.alias(`${EXPORTS}.${toDotted(id)}`, toDotted(id), id);
    }
  }
  for (const { local, exported, ...place } of isNode(source) ? [] : listOf(specifiers)) {
    if (isNode(local) && isNode(exported)) {
      collector.alias(`${EXPORTS}.${toDotted(exported)}`, toDotted(local), place);
    }
  }
}

/** By its name, each value that this one may be. Of `given ?? process.env` and `{ ...process.env }`, too. */
function originsOf(value: unknown): readonly (readonly [string, Node])[] {
  const origins: [string, Node][] = [];
  const open = isNode(value) ? [value] : [];
  for (let one = open.pop(); one !== undefined && origins.length < MAX_ORIGINS; one = open.pop()) {
    const inner = unwrap(one);
    for (const choice of choicesOf(inner)) {
      open.push(choice);
    }
    const name = toDotted(inner);
    if (name !== '') {
      origins.push([name, inner]);
    }
  }
  return origins;
}

/** What a value may be, or is a copy of. */
function choicesOf({ type, ...node }: Node): readonly Node[] {
  switch (type) {
    case 'LogicalExpression':
      return [node['left'], node['right']].filter(isNode);
    case 'ConditionalExpression':
      return [node['consequent'], node['alternate']].filter(isNode);
    case 'ObjectExpression':
      return listOf(node['properties']).flatMap(({ argument }) => (isNode(argument) ? [argument] : []));
    case 'CallExpression':
      return isNode(node['callee']) && COPIES.test(toDotted(node['callee'])) ? listOf(node['arguments']) : [];
    default:
      return [];
  }
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
