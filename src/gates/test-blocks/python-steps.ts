import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../source/tree-children.ts';
import { isSkip } from './leaves-python.ts';
import { type PythonSource, wholeName } from './python-source.ts';
import { CHECK, END, FAIL, isCheck, MAX_STEPS_DEEP, type Step } from './test-steps.ts';

const CATCHES_CHECKS = /^except\s*(?::|\(?\s*(?:\w+\s*,\s*)*(?:Exception|BaseException|AssertionError)\b)/;

interface Walk {
  readonly source: PythonSource;
  readonly depth: number;
}

/** What the statements of a test do. */
export function stepsOfPython(statements: readonly SyntaxNode[], source: PythonSource): readonly Step[] {
  return statements.flatMap((one) => stepsOf(one, { source, depth: 0 }));
}

function stepsOf(node: SyntaxNode, walk: Walk): readonly Step[] {
  if (walk.depth > MAX_STEPS_DEEP) {
    return [];
  }
  if (isSkip(node, walk.source)) {
    return [END];
  }
  return READERS[node.name]?.(node, { ...walk, depth: walk.depth + 1 }) ?? stepsOfOther(node, walk);
}

const READERS: Readonly<Record<string, (node: SyntaxNode, walk: Walk) => readonly Step[]>> = {
  AssertStatement: () => [CHECK],
  RaiseStatement: () => [FAIL],
  // That of the test itself ends what there is of it.
  ReturnStatement: (_, { depth }) => (depth > 1 ? [END] : []),
  IfStatement: (node, walk) => [
    choose([...bodiesOf(node, walk), ...(node.getChild('else') === null ? [[]] : [])]),
  ],
  MatchStatement: (node, walk) => [choose([...clausesOf(node, walk), []])],
  TryStatement: stepsOfTry,
  WithStatement: (node, walk) => [
    ...childrenOf(node).flatMap((one) => (one.name === 'Body' ? [] : stepsOfOther(one, walk))),
    ...bodiesOf(node, walk).flat(),
  ],
};

function bodiesOf(node: SyntaxNode, walk: Walk): readonly (readonly Step[])[] {
  return node.getChildren('Body').map((body) => childrenOf(body).flatMap((one) => stepsOf(one, walk)));
}

function clausesOf(node: SyntaxNode, walk: Walk): readonly (readonly Step[])[] {
  const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
  return clauses.map((one) => bodiesOf(one, walk).flat());
}

/** What is caught does not fail. To return where something is caught is to have seen it fail. */
function stepsOfTry(node: SyntaxNode, walk: Walk): readonly Step[] {
  const [tried = [], ...others] = bodiesOf(node, walk);
  const isSwallowed = node
    .getChildren('except')
    .some(({ from, to }) => CATCHES_CHECKS.test(walk.source.text.slice(from, to + 200)));
  const rest = others.map((one) => one.filter((step) => step !== END));
  return isSwallowed ? [choose([tried, ...rest])] : [...tried, ...rest.flat()];
}

function toStep(callee: string): Step | null {
  if (callee.endsWith('.fail')) {
    return FAIL;
  }
  return isCheck(callee) ? CHECK : null;
}

function choose(branches: readonly (readonly Step[])[]): Step {
  return { kind: 'choice', branches };
}

function stepsOfOther(from: SyntaxNode, { source }: Walk): readonly Step[] {
  let found: Step | null = null;
  from.cursor().iterate(({ name, node }) => {
    if (name === 'CallExpression' && found === null && node.firstChild !== null) {
      const callee = wholeName(node.firstChild, source);
      found = toStep(callee);
    }
    return found === null;
  });
  return found === null ? [] : [found];
}
