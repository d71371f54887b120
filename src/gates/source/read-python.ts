import type { SyntaxNode } from '@lezer/common';
import { isTooDeep } from '../parts/is-too-deep.ts';
import { type Collector, createCollector } from './collector.ts';
import type { SourceFacts } from './source-facts.ts';

/**
 * Reads a Python file; null when it is nested more deeply than anybody writes, which takes the parser seconds. It mends what
 * it does not understand, so other files have facts.
 */
export async function readPython(source: string): Promise<SourceFacts | null> {
  if (isTooDeep(source)) {
    return null;
  }
  // Loaded when first needed.
  const { parser } = await import('@lezer/python');
  const collector = createCollector(source);
  parser.parse(source).iterate({
    enter(node) {
      return READERS[node.name]?.({ node: node.node, source, collector });
    },
  });
  return collector.facts();
}

interface Reading {
  readonly node: SyntaxNode;
  readonly source: string;
  readonly collector: Collector;
}

/** By the parser's names of nodes. `false` when nothing below is of interest. */
const READERS: Readonly<Record<string, (reading: Reading) => boolean | undefined>> = {
  CallExpression: readCall,
  Decorator: readCall,
  FunctionDefinition: readDefinition,
  ClassDefinition: readDefinition,
  AssignStatement: readAssignment,
  MemberExpression: readMember,
  VariableName: readVariable,
  String: readString,
  FormatString: readFormat,
  TypeDef: () => false,
};

/** Of a decorator without arguments, too: it is called all the same. */
function readCall({ node, source, collector }: Reading): undefined {
  const list = node.getChild('ArgList');
  const { from, to } = node;
  const decorates = node.name === 'Decorator';
  const callee = toDotted(source.slice(decorates ? from + 1 : from, list?.from ?? to));
  const place = { start: from, end: to };
  collector.call(callee, list?.from ?? to, decorates ? { ...place, decorates } : place);
}

function readDefinition({ node, source, collector }: Reading): undefined {
  const name = node.getChild('VariableName');
  const whole = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
  if (name !== null) {
    collector.add('definitions', source.slice(name.from, name.to), { start: whole.from, end: whole.to });
  }
}

function readAssignment({ node, source, collector }: Reading): undefined {
  const target = node.firstChild;
  if (target?.name === 'VariableName') {
    const text = source.slice(target.from, target.to);
    collector.add('definitions', text, { start: node.from, end: node.to });
  }
}

/** The whole chain at once: `user.address.email`. */
function readMember({ node, source, collector }: Reading): undefined {
  if (node.parent?.name !== 'MemberExpression' && !isCallee(node)) {
    const text = toDotted(source.slice(node.from, node.to));
    collector.add('names', text, { start: node.from, end: node.to });
  }
}

function readVariable({ node, source, collector }: Reading): undefined {
  const { parent } = node;
  const text = source.slice(node.from, node.to);
  const place = { start: node.from, end: node.to };
  if (parent?.name === 'ArgList' && node.nextSibling?.name === 'AssignOp') {
    collector.add('keys', text, place);
  } else if (!OTHER_ROLES.has(parent?.name ?? '') && !isCallee(node)) {
    collector.add('names', text, place);
  }
}

/** Where a name stands for itself, or is read with what is around it. */
const OTHER_ROLES = new Set([
  'MemberExpression',
  'FunctionDefinition',
  'ClassDefinition',
  'ParamList',
  'Decorator',
  'ImportStatement',
]);

function readString({ node, source, collector }: Reading): undefined {
  const place = { start: node.from, end: node.to };
  const text = source.slice(node.from, node.to).replace(/^[A-Za-z]{0,2}("""|'''|"|')([\s\S]*)\1$/, '$2');
  const isKey = node.parent?.name === 'DictionaryExpression' && node.nextSibling?.name === ':';
  collector.add(isKey ? 'keys' : 'texts', text, place);
}

function readFormat({ node, source, collector }: Reading): undefined {
  let text = '';
  let at = node.from;
  for (const value of node.getChildren('FormatReplacement')) {
    text += `${source.slice(at, value.from)}{}`;
    at = value.to;
  }
  collector.add('texts', text + source.slice(at, node.to), { start: node.from, end: node.to });
}

function isCallee(node: SyntaxNode): boolean {
  return node.parent?.name === 'CallExpression' && node.prevSibling === null;
}

/** `os.environ["X"]` as `os.environ.X`, and without the arguments of calls on the way. */
function toDotted(text: string): string {
  return text
    .slice(0, 2_000)
    .replaceAll(/\[\s*[A-Za-z]?["']([\w-]{1,200})["']\s*\]/g, '.$1')
    .replaceAll(/\([^()]{0,500}\)/g, '()')
    .replaceAll(/\[[^[\]]{0,500}\]/g, '.')
    .replaceAll(/\s+/g, '');
}
