import { parseScript } from '../parts/parse-script.ts';
import { toDotted } from '../source/script-name.ts';
import { childrenOf, isNode, type Node } from '../source/script-node.ts';
import { findUnreached } from './find-unreached.ts';
import { leavesGroup, leavesTest } from './leaves-script.ts';
import { isOffWord, readRunnerName } from './runner-name.ts';
import { argumentsOf, isFunction, nodesOf, statementsOf, wordsOfCall } from './script-calls.ts';
import type { TestBlock } from './test-block.ts';

const CHECKS = /^(?:CallExpression|NewExpression|ThrowStatement)$/;

/** The tests of a JavaScript or TypeScript file, and their groups; null when it cannot be parsed. */
export async function readScriptTests(path: string, source: string): Promise<readonly TestBlock[] | null> {
  const parsed = await parseScript(path, source);
  if (parsed === null) {
    return null;
  }
  const file = parsed.program as unknown as Node;
  const calls: Node[] = [];
  const off = new Set<string>();
  walk(file, (node) => {
    if (node.type === 'CallExpression') {
      calls.push(node);
    } else if (node.type === 'VariableDeclarator' && isOffName(node)) {
      off.add(toDotted(node['id'] as Node));
    }
  });
  const unreached = findUnreached(file);
  // What a call gives may be called again, as `it.each(...)` is: the whole of it is one test.
  const inner = new Set(calls.map(({ callee }) => callee));
  return [
    { kind: 'group', start: 0, end: source.length, isRun: !leavesGroup(file) },
    ...calls
      .filter((call) => !inner.has(call))
      .flatMap((call) => {
        const block = toBlock(call, off);
        return block === null ? [] : [{ ...block, isRun: block.isRun && !unreached.has(call) }];
      }),
  ];
}

/** A stack of our own: how deeply a file is nested is up to its author. */
function walk(from: Node, visit: (node: Node) => void): void {
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node);
    // One by one: a file may have more statements than a call may have arguments.
    for (const child of childrenOf(node)) {
      open.push(child);
    }
  }
}

/** `const it = base.skip`, and `const it = slow ? base.skip : base`. */
function isOffName({ id, init }: Node): boolean {
  if (!isNode(id) || id.type !== 'Identifier' || !isNode(init)) {
    return false;
  }
  const choices = init.type === 'ConditionalExpression' ? [init['consequent'], init['alternate']] : [init];
  return choices.some(
    (one) =>
      isNode(one) &&
      toDotted(one)
        .split('.')
        .some((word) => isOffWord(word.replace('()', ''))),
  );
}

function toBlock(call: Node, off: ReadonlySet<string>): TestBlock | null {
  const words = wordsOfCall(call);
  const name = readRunnerName(words);
  const callback = argumentsOf(call).find(isFunction);
  // `pattern.test(text)` is no test, and nor is `context.save()`.
  if (name === null || (callback === undefined && !name.isPlain && !name.isOff)) {
    return null;
  }
  const { kind } = name;
  const isOn = !name.isOff && !words.slice(0, 1).some((word) => off.has(word)) && !hasOffOption(call);
  const isRun = isOn && !leaves(kind, callback) && !(kind === 'test' && isEmpty(call));
  return { kind, start: call.start, end: call.end, isRun };
}

function leaves(kind: TestBlock['kind'], callback: Node | undefined): boolean {
  return callback !== undefined && (kind === 'group' ? leavesGroup(callback) : leavesTest(callback));
}

/** `{ skip: true }`, `{ todo: 'later' }`: whatever its value is, unless that is plainly no. To `node:test`, null is a reason. */
function hasOffOption(call: Node): boolean {
  return argumentsOf(call)
    .flatMap(({ type, properties }) => (type === 'ObjectExpression' ? nodesOf(properties) : []))
    .some(({ key, value }) => isNode(key) && isOffWord(toDotted(key)) && !(isNode(value) && isNo(value)));
}

function isNo({ type, value, name }: Node): boolean {
  return value === false || (type === 'Identifier' && name === 'undefined');
}

/** Its name is no check; that may stand in a function, or in what makes one. */
function isEmpty(call: Node): boolean {
  const [first, ...rest] = argumentsOf(call);
  const named =
    first !== undefined && (isFunction(first) || first.type === 'ObjectExpression') ? [first] : [];
  const open = [...named, ...rest].flatMap((arg) => (isFunction(arg) ? statementsOf(arg) : [arg]));
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (CHECKS.test(node.type)) {
      return false;
    }
    for (const child of childrenOf(node)) {
      open.push(child);
    }
  }
  return true;
}
