import { parseScript } from '../parts/parse-script.ts';
import { type Collector, createCollector } from './collector.ts';
import { bindField, bindImport, bindPattern } from './script-bindings.ts';
import { toDotted, unwrap } from './script-name.ts';
import { isScriptNegation } from './script-negation.ts';
import { isNode, type Node } from './script-node.ts';
import type { SourceFacts } from './source-facts.ts';

/** Reads a JavaScript or TypeScript file; null when it cannot be parsed. */
export async function readScript(path: string, source: string): Promise<SourceFacts | null> {
  const parsed = await parseScript(path, source);
  if (parsed === null) {
    return null;
  }
  const collector = createCollector(source);
  // A stack of our own: how deeply a file is nested is up to its author.
  const open: Item[] = [{ node: parsed.program as unknown as Node, isRead: true }];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    open.push(...(READERS[item.node.type] ?? readOther)(item, collector));
  }
  return collector.facts();
}

interface Item {
  readonly node: Node;
  /** Whether its value is read; else it is called, or only names something. */
  readonly isRead: boolean;
}

type Reader = (item: Item, collector: Collector) => readonly Item[];

const READERS: Readonly<Record<string, Reader>> = {
  CallExpression: readCall,
  NewExpression: readCall,
  Decorator: readDecorator,
  MemberExpression: readMember,
  Identifier: readIdentifier,
  Literal: readLiteral,
  TemplateLiteral: readTemplate,
  Property: readProperty,
  MethodDefinition: readKeyed,
  PropertyDefinition: readField,
  VariableDeclarator: readDeclarator,
  AssignmentExpression: readAssignment,
  AssignmentPattern: readAssignment,
  ImportDeclaration: readImport,
  FunctionDeclaration: readNamed,
  FunctionExpression: readFunction,
  ArrowFunctionExpression: readFunction,
  ClassDeclaration: readNamed,
  IfStatement: readCondition,
  ConditionalExpression: readCondition,
  LogicalExpression: readLogical,
  UnaryExpression: readOperation,
  BinaryExpression: readOperation,
  SwitchStatement: readSwitch,
};

function readCall({ node }: Item, collector: Collector): readonly Item[] {
  const { callee, start, end } = node;
  if (!isNode(callee)) {
    return [];
  }
  const given = Array.isArray(node['arguments']) ? node['arguments'].filter(isNode) : [];
  const spread = given.findIndex(({ type }) => type === 'SpreadElement');
  const positional = spread === -1 ? given : given.slice(0, spread);
  collector.call(toDotted(callee), callee.end, { start, end, positional });
  return [{ node: callee, isRead: false }, ...below(node, ['callee'])];
}

function readDecorator({ node }: Item, collector: Collector): readonly Item[] {
  const { expression } = node;
  if (!isNode(expression)) {
    return [];
  }
  const called = expression.type === 'CallExpression' && isNode(expression['callee']);
  const callee = called ? (expression['callee'] as Node) : expression;
  const { start, end } = node;
  collector.call(toDotted(callee), callee.end, { start, end, decorates: true });
  return called ? below(expression, ['callee']) : [];
}

/** The whole chain at once: `user.address.email`. What is called on the way is read on its own. */
function readMember({ node, isRead }: Item, collector: Collector): readonly Item[] {
  if (isRead) {
    collector.add('names', toDotted(node), node);
  }
  const { object, property, computed } = node;
  return [
    ...(isNode(object) ? [{ node: object, isRead: false }] : []),
    ...(computed === true && isNode(property) ? [{ node: property, isRead: true }] : []),
  ];
}

function readIdentifier({ node, isRead }: Item, collector: Collector): readonly Item[] {
  if (isRead) {
    collector.add('names', toDotted(node), node);
  }
  return [];
}

function readLiteral({ node }: Item, collector: Collector): readonly Item[] {
  if (typeof node['value'] === 'string') {
    collector.add('texts', node['value'], node);
  } else if (isPattern(node['regex'])) {
    collector.add('texts', node['regex'].pattern, node);
  }
  return [];
}

function isPattern(value: unknown): value is { readonly pattern: string } {
  return typeof Object(value).pattern === 'string';
}

function readTemplate({ node }: Item, collector: Collector): readonly Item[] {
  const parts = Array.isArray(node['quasis']) ? node['quasis'].filter(isNode) : [];
  const texts = parts.map(({ value }) => String(Object(value).raw ?? ''));
  collector.add('texts', texts.join('{}'), node);
  return below(node, ['quasis']);
}

function readProperty({ node }: Item, collector: Collector): readonly Item[] {
  const { key, value, computed } = node;
  if (computed === true || !isNode(key)) {
    return below(node);
  }
  collector.add('keys', toDotted(key), key);
  if (isNode(value) && /Function/.test(value.type)) {
    collector.add('definitions', toDotted(key), node);
  }
  return below(node, ['key']);
}

function readKeyed({ node }: Item, collector: Collector): readonly Item[] {
  if (isNode(node['key'])) {
    collector.add('definitions', toDotted(node['key']), node);
  }
  return below(node, ['key']);
}

function readField(item: Item, collector: Collector): readonly Item[] {
  bindField(item.node, collector);
  return readKeyed(item, collector);
}

function readDeclarator({ node }: Item, collector: Collector): readonly Item[] {
  const { id, init } = node;
  if (isNode(id) && id.type === 'Identifier') {
    collector.add('definitions', toDotted(id), node);
  }
  bindPattern(id, init, collector);
  return below(node, ['id']);
}

/** Of a parameter with a default, too. */
function readAssignment({ node }: Item, collector: Collector): readonly Item[] {
  const { type, left, right, operator } = node;
  bindPattern(left, right, collector);
  return type === 'AssignmentPattern' || operator !== '='
    ? below(node, type === 'AssignmentPattern' ? ['left'] : [])
    : [...below(node, ['left']), ...readTarget(left)];
}

/** What is written to, or deleted, is not read; what it is a part of, is. */
function readTarget(target: unknown): readonly Item[] {
  if (!isNode(target)) {
    return [];
  }
  const inner = unwrap(target);
  if (inner.type !== 'MemberExpression') {
    return [{ node: target, isRead: true }];
  }
  const { object, property, computed } = inner;
  return [
    ...(isNode(object) ? [{ node: object, isRead: object.type === 'MemberExpression' }] : []),
    ...(computed === true && isNode(property) ? [{ node: property, isRead: true }] : []),
  ];
}

function readImport({ node }: Item, collector: Collector): readonly Item[] {
  bindImport(node, collector);
  return below(node);
}

function readNamed(item: Item, collector: Collector): readonly Item[] {
  const { node } = item;
  if (isNode(node['id'])) {
    collector.add('definitions', toDotted(node['id']), node);
  }
  return readFunction(item);
}

/** What a parameter is when nothing is given, is a value; the parameters themselves are none. */
function readFunction({ node }: Item): readonly Item[] {
  const params = Array.isArray(node['params']) ? node['params'].filter(isNode) : [];
  const defaults = params.filter(({ type }) => type === 'AssignmentPattern');
  return [...below(node, ['id']), ...defaults.map((one) => ({ node: one, isRead: true }))];
}

function readCondition({ node }: Item, collector: Collector): readonly Item[] {
  const { test, consequent, alternate } = node;
  if (isNode(test) && isNode(consequent)) {
    collector.branch(test, { end: consequent.end, otherwise: isNode(alternate) ? alternate : null });
  }
  return below(node);
}

function readLogical({ node }: Item, collector: Collector): readonly Item[] {
  const { left, operator } = node;
  if (isNode(left) && operator === '&&') {
    // It is no statement, so nothing that comes after it is left to the other case.
    collector.branch(left, { end: node.end, otherwise: { start: node.end, end: node.end } });
  }
  return below(node);
}

function readOperation({ node }: Item, collector: Collector): readonly Item[] {
  if (isScriptNegation(node)) {
    collector.negation(node);
  }
  return node['operator'] === 'delete' ? readTarget(node['argument']) : below(node);
}

/** A case without code of its own runs that of the next. */
function readSwitch({ node }: Item, collector: Collector): readonly Item[] {
  const cases = Array.isArray(node['cases']) ? node['cases'].filter(isNode) : [];
  let end = node.end;
  for (const one of cases.toReversed()) {
    const { test, consequent } = one;
    end = Array.isArray(consequent) && consequent.length > 0 ? one.end : end;
    if (isNode(test)) {
      collector.branch(test, { end, otherwise: null });
    }
  }
  return below(node);
}

function readOther({ node }: Item): readonly Item[] {
  return below(node);
}

/** Types say nothing of what is done, and names of imports and labels are no values. */
const NOT_VALUES = /^(?:type\w*|returnType|superType\w*|implements|params|specifiers|label|source|parent)$/;

function below(node: Node, without: readonly string[] = []): readonly Item[] {
  return Object.entries(node).flatMap(([name, value]) => {
    if (without.includes(name) || NOT_VALUES.test(name)) {
      return [];
    }
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter(isNode).map((one) => ({ node: one, isRead: true }));
  });
}
