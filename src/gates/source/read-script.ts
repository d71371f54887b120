import { parseScript } from '../parts/parse-script.ts';
import { type Collector, createCollector } from './collector.ts';
import { toDotted } from './script-name.ts';
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
  PropertyDefinition: readKeyed,
  VariableDeclarator: readDeclarator,
  FunctionDeclaration: readNamed,
  ClassDeclaration: readNamed,
};

function readCall({ node }: Item, collector: Collector): readonly Item[] {
  const { callee } = node;
  if (!isNode(callee)) {
    return [];
  }
  collector.call(toDotted(callee), callee.end, node);
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
  }
  return [];
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

/** `const { TOKEN } = process.env` reads `process.env.TOKEN`. */
function readDeclarator({ node }: Item, collector: Collector): readonly Item[] {
  const { id, init } = node;
  if (isNode(id) && id.type === 'Identifier') {
    collector.add('definitions', toDotted(id), node);
    return below(node, ['id']);
  }
  const from = isNode(init) ? toDotted(init) : '';
  const properties = isNode(id) && Array.isArray(id['properties']) ? id['properties'].filter(isNode) : [];
  for (const property of from === '' ? [] : properties) {
    if (isNode(property['key'])) {
      collector.add('names', `${from}.${toDotted(property['key'])}`, property);
    }
  }
  return below(node, ['id']);
}

function readNamed({ node }: Item, collector: Collector): readonly Item[] {
  if (isNode(node['id'])) {
    collector.add('definitions', toDotted(node['id']), node);
  }
  return below(node, ['id']);
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
