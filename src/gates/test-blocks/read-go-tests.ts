import type { SyntaxNode } from '@lezer/common';
import { isTooDeep } from '../parts/is-too-deep.ts';
import { childrenOf } from '../source/tree-children.ts';
import { isAlwaysBuilt } from './go-constraints.ts';
import { type GoSource, readGoSource } from './go-source.ts';
import { goCallee, isGoSkip, stepsOfGo } from './go-steps.ts';
import type { TestBlock } from './test-block.ts';
import { isUnsure } from './test-steps.ts';

/** What Go takes for a test; `Testing` is none. */
const TEST = /^(?:Test|Fuzz)(?![\p{Ll}])/u;
/** What only frames a test, or tells people something. */
const FRAMES =
  /^(?:\w+\.(?:Parallel|Helper|Logf?|Name|Cleanup|Setenv|TempDir)|fmt\.(?:Print|Fprint)(?:f|ln)?|log\.Print(?:f|ln)?|len|make|new|append)$/;
/** What a part of a test stands below that need not be reached. In a loop, it is one of several. */
const CONDITIONS = /^(?:If|Switch|TypeSwitch|Select|Go|Defer)Statement$/;

/** The tests of a Go file, with those of `t.Run`; null when it is nested too deeply to be parsed. */
export async function readGoTests(path: string, text: string): Promise<readonly TestBlock[] | null> {
  if (isTooDeep(text)) {
    return null;
  }
  // Loaded when first needed.
  const { parser } = await import('@lezer/go');
  const file = parser.parse(text).topNode;
  const source = readGoSource(file, text);
  const isRun = isAlwaysBuilt(path, text) && childrenOf(file).every((one) => !isIdleMain(one, text));
  const blocks: TestBlock[] = [{ kind: 'group', start: 0, end: text.length, isRun }];
  const suites = new Set<string>();
  file.cursor().iterate(({ node }) => {
    if (node.name === 'CallExpr' && goCallee(node, text).endsWith('.Run')) {
      for (const suite of suitesOf(node, text)) {
        suites.add(suite);
      }
      blocks.push(...toSubtest(node, source));
    }
  });
  for (const one of childrenOf(file)) {
    blocks.push(...toTest(one, source, suites));
  }
  return blocks;
}

/** `suite.Run(t, new(Orders))` runs the methods of `Orders`. */
function suitesOf(call: SyntaxNode, text: string): readonly string[] {
  const given = call.getChild('Arguments');
  const said = given === null ? '' : text.slice(given.from, Math.min(given.to, given.from + 200));
  return said.match(/[A-Za-z]\w*/g) ?? [];
}

function toTest(node: SyntaxNode, source: GoSource, suites: ReadonlySet<string>): readonly TestBlock[] {
  const { text } = source;
  const name = node.getChild(node.name === 'MethodDecl' ? 'FieldName' : 'DefName');
  const body = node.getChild('Block');
  const isTest = name !== null && TEST.test(text.slice(name.from, name.to)) && isCalled(node, text, suites);
  return isTest && body !== null
    ? [{ kind: 'test', start: node.from, end: node.to, isRun: isTestRun(body, source) }]
    : [];
}

/** Whether Go calls it with a test, or a suite has it. */
function isCalled(node: SyntaxNode, text: string, suites: ReadonlySet<string>): boolean {
  const [first = '', second = ''] = node
    .getChildren('Parameters')
    .map(({ from, to }) => text.slice(from, Math.min(to, from + 200)));
  if (node.name === 'FunctionDecl') {
    return /\*\s*(?:\w+\.)?[TF]\s*\)$/.test(first);
  }
  const [, receiver = ''] = /(\w+)\s*\)$/.exec(first) ?? [];
  return suites.has(receiver) && /^\(\s*\)$/.test(second);
}

/** `t.Run("AC1", func(t *testing.T) { ... })` */
function toSubtest(call: SyntaxNode, source: GoSource): readonly TestBlock[] {
  const body = call.getChild('Arguments')?.getChild('FunctionLiteral')?.getChild('Block') ?? null;
  return body === null
    ? []
    : [{ kind: 'test', start: call.from, end: call.to, isRun: isTestRun(body, source) && isReached(call) }];
}

/** `TestMain` runs all tests of its package, or none: by what it is given, or by a helper that it gives that to. */
function isIdleMain(node: SyntaxNode, text: string): boolean {
  const name = node.name === 'FunctionDecl' ? node.getChild('DefName') : null;
  if (name === null || text.slice(name.from, name.to) !== 'TestMain') {
    return false;
  }
  const given = node.getChild('Parameters')?.getChild('Parameter')?.getChild('DefName') ?? null;
  const main = given === null ? '' : text.slice(given.from, given.to);
  let isUsed = false;
  node
    .getChild('Block')
    ?.cursor()
    .iterate((at) => {
      isUsed ||= at.name === 'VariableName' && text.slice(at.from, at.to) === main;
      return !isUsed;
    });
  return !isUsed;
}

function isTestRun(body: SyntaxNode, source: GoSource): boolean {
  const { text } = source;
  const statements = reachedOf(body);
  return (
    !statements.some((one) => isGoSkip(one, text)) &&
    statements.some((one) => isUse(one, text)) &&
    !isUnsure(stepsOfGo(statements, source))
  );
}

function reachedOf(body: SyntaxNode): readonly SyntaxNode[] {
  const all = childrenOf(body);
  const end = all.findIndex(({ name }) => name === 'ReturnStatement');
  return end === -1 ? all : all.slice(0, end);
}

/** Whether something of the program may be called. */
function isUse(statement: SyntaxNode, text: string): boolean {
  let isFound = false;
  statement.cursor().iterate(({ node }) => {
    const callee = goCallee(node, text);
    isFound ||= callee !== '' && !FRAMES.test(callee);
    return !isFound;
  });
  return isFound;
}

function isReached(call: SyntaxNode): boolean {
  let inner = call;
  for (let at = call.parent; at !== null && at.name !== 'FunctionDecl'; at = at.parent) {
    const end = at.name === 'Block' ? at.getChild('ReturnStatement') : null;
    if (CONDITIONS.test(at.name) || (end !== null && end.from < inner.from)) {
      return false;
    }
    inner = at;
  }
  return true;
}
