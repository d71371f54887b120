import type { SyntaxNode } from '@lezer/common';
import { isTooDeep } from '../parts/is-too-deep.ts';
import { type Collector, createCollector } from './collector.ts';
import { positionalOf } from './python-arguments.ts';
import { isPythonNegation } from './python-negation.ts';
import { targetsOf } from './python-targets.ts';
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
  const targets = new Set<number>();
  parser.parse(source).iterate({
    enter(node) {
      return READERS[node.name]?.({ node: node.node, source, collector, targets });
    },
  });
  return collector.facts();
}

interface Reading {
  readonly node: SyntaxNode;
  readonly source: string;
  readonly collector: Collector;
  /** Where those begin that are written to or deleted, as far as the statements were entered. */
  readonly targets: Set<number>;
}

/** By the parser's names of nodes. `false` when nothing below is of interest. */
const READERS: Readonly<Record<string, (reading: Reading) => boolean | undefined>> = {
  CallExpression: readCall,
  Decorator: readCall,
  FunctionDefinition: readDefinition,
  ClassDefinition: readDefinition,
  AssignStatement: readAssignment,
  DeleteStatement: readDeletion,
  NamedExpression: readAssignment,
  ImportStatement: readImport,
  MemberExpression: readMember,
  VariableName: readVariable,
  String: readString,
  FormatString: readFormat,
  IfStatement: readIf,
  MatchClause: readCase,
  UnaryExpression: readOperation,
  BinaryExpression: readOperation,
  TypeDef: () => false,
};

/** Of a decorator without arguments, too: it is called all the same. */
function readCall({ node, source, collector }: Reading): undefined {
  const list = node.getChild('ArgList');
  const { from, to } = node;
  const decorates = node.name === 'Decorator';
  const callee = toDotted(source.slice(decorates ? from + 1 : from, list?.from ?? to));
  const place = { start: from, end: to, positional: list === null ? [] : positionalOf(list) };
  collector.call(callee, list?.from ?? to, decorates ? { ...place, decorates } : place);
}

function readDefinition({ node, source, collector }: Reading): undefined {
  const name = node.getChild('VariableName');
  const whole = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
  if (name !== null) {
    collector.add('definitions', source.slice(name.from, name.to), { start: whole.from, end: whole.to });
  }
}

function readAssignment({ node, source, collector, targets }: Reading): undefined {
  for (const { from } of targetsOf(node)) {
    targets.add(from);
  }
  const target = node.firstChild;
  if (target?.name !== 'VariableName' && target?.name !== 'MemberExpression') {
    return;
  }
  const text = source.slice(target.from, target.to);
  const place = { start: node.from, end: node.to };
  if (target.name === 'VariableName') {
    collector.add('definitions', text, place);
  }
  const of = node.lastChild === null ? null : originOf(node.lastChild, source);
  if (of !== null) {
    collector.alias(toDotted(text), of, place);
  }
}

/** Of a copy, too: `dict(os.environ)`, `{**os.environ}`, `os.environ.copy()`. */
function originOf({ name, from, to }: SyntaxNode, source: string): string | null {
  if (name === 'MemberExpression' || name === 'VariableName') {
    return toDotted(source.slice(from, to));
  }
  const [, given, copied] = COPY.exec(source.slice(from, Math.min(to, from + 200))) ?? [];
  return given ?? copied ?? null;
}

const COPY = /^(?:dict\(|\{)\s*(?:\*\*)?([\w.]+)\s*[,)}]|^([\w.]+)\.copy\(\)$/;

function readDeletion({ node, targets }: Reading): undefined {
  for (const { from } of targetsOf(node)) {
    targets.add(from);
  }
}

/** `import os as o`, `from os import environ as e, getenv`. */
function readImport({ node, source, collector }: Reading): undefined {
  const text = source
    .slice(node.from, Math.min(node.to, node.from + 5_000))
    .replaceAll(/#.*|\\\n|[()]/g, ' ');
  const [, module, from, names = ''] = /^(?:from\s+([\w.]+)\s+)?(import)\s([\s\S]*)$/.exec(text) ?? [];
  for (const one of from === undefined ? [] : names.split(',')) {
    const [name = '', , alias = name] = one.trim().split(/\s+/);
    const of = module === undefined ? name : `${module}.${name}`;
    collector.alias(alias, of, { start: node.from, end: node.to });
  }
}

/** The whole chain at once: `user.address.email`. Of what is written to, only what it is a part of is read. */
function readMember({ node, source, collector, targets }: Reading): undefined {
  if (isFirstOf(node, 'MemberExpression') || isCallee(node)) {
    return;
  }
  const read = targets.has(node.from) ? node.firstChild : node;
  if (read?.name === 'MemberExpression') {
    const text = toDotted(source.slice(read.from, read.to));
    collector.add('names', text, { start: read.from, end: read.to });
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

/** Of `elif`, too. */
function readIf({ node, collector }: Reading): undefined {
  for (const body of node.getChildren('Body')) {
    const test = body.prevSibling;
    if (test !== null && test.name !== 'else') {
      const otherwise = body.to < node.to ? { start: body.to, end: node.to } : null;
      collector.branch({ start: test.from, end: test.to }, { end: body.to, otherwise });
    }
  }
}

function readCase({ node, collector }: Reading): undefined {
  const body = node.getChild('Body');
  if (body !== null) {
    collector.branch({ start: node.from, end: body.from }, { end: body.to, otherwise: null });
  }
}

function readOperation({ node, source, collector }: Reading): undefined {
  if (isPythonNegation(node, source)) {
    collector.negation({ start: node.from, end: node.to });
  }
}

function isCallee(node: SyntaxNode): boolean {
  return isFirstOf(node, 'CallExpression');
}

function isFirstOf(node: SyntaxNode, parent: string): boolean {
  return node.parent?.name === parent && node.prevSibling === null;
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
