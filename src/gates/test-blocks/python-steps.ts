import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../source/tree-children.ts';
import { isSkip } from './leaves-python.ts';
import { type PythonSource, wholeName } from './python-source.ts';
import { CHECK, END, FAIL, isCheck, MAX_STEPS_DEEP, type Step } from './test-steps.ts';

const CATCHES_CHECKS = /^except\s*(?::|\(?\s*(?:\w+\s*,\s*)*(?:Exception|BaseException|AssertionError)\b)/;

/** Statements that have no others in them. */
const PLAIN = /^(?:Raise|Assert|Expression)Statement$/;

interface Walk {
  readonly source: PythonSource;
  /** Whether an assertion that fails is caught. */
  readonly isCaught: boolean;
  readonly depth: number;
}

/** What the statements of a test do. */
export function stepsOfPython(statements: readonly SyntaxNode[], source: PythonSource): readonly Step[] {
  return statements.flatMap((one) => stepsOf(one, { source, isCaught: false, depth: 0 }));
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
  AssertStatement: ({ from, to }, { source, isCaught }) =>
    /^assert\s+False\b/.test(source.text.slice(from, to)) && !isCaught ? [FAIL] : [CHECK],
  RaiseStatement: () => [FAIL],
  // That of the test itself ends what there is of it.
  ReturnStatement: (_, { depth }) => (depth > 1 ? [END] : []),
  IfStatement: (node, walk) => [
    choose([...bodiesOf(node, walk), ...(node.getChild('else') === null ? [[]] : [])]),
  ],
  MatchStatement: (node, walk) => [choose([...clausesOf(node, walk), []])],
  TryStatement: stepsOfTry,
  WithStatement: stepsOfWith,
};

function bodiesOf(node: SyntaxNode, walk: Walk): readonly (readonly Step[])[] {
  return node.getChildren('Body').map((body) => stepsOfBody(body, walk));
}

function stepsOfBody(body: SyntaxNode, walk: Walk): readonly Step[] {
  return childrenOf(body).flatMap((one) => stepsOf(one, walk));
}

function clausesOf(node: SyntaxNode, walk: Walk): readonly (readonly Step[])[] {
  const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
  return clauses.map((one) => bodiesOf(one, walk).flat());
}

/** `with suppress(KeyError):` may leave its statements at any of them. */
function stepsOfWith(node: SyntaxNode, walk: Walk): readonly Step[] {
  const given = childrenOf(node).filter(({ name }) => name !== 'Body');
  const isSuppressed = given.some(
    ({ name, firstChild }) =>
      name === 'CallExpression' &&
      firstChild !== null &&
      /(?:^|\.)suppress$/.test(wholeName(firstChild, walk.source)),
  );
  const steps = bodiesOf(node, walk).flat();
  return [
    ...given.flatMap((one) => stepsOfOther(one, walk)),
    ...(isSuppressed ? [choose([steps, []])] : steps),
  ];
}

/** What is tried may be left for a handler at any of its statements, or at none. */
function stepsOfTry(node: SyntaxNode, walk: Walk): readonly Step[] {
  const isCaught = node
    .getChildren('except')
    .some(({ from, to }) => CATCHES_CHECKS.test(walk.source.text.slice(from, to + 200)));
  const tried: Step[] = [];
  const handlers: (readonly Step[])[] = [];
  const last: Step[] = [];
  let part = '';
  for (const one of childrenOf(node)) {
    if (one.name !== 'Body') {
      part = /^(?:try|except|else|finally)$/.test(one.name) ? one.name : part;
    } else if (part === 'except') {
      handlers.push(stepsOfHandler(one, walk));
    } else if (part === 'finally') {
      last.push(...stepsOfBody(one, walk));
    } else {
      tried.push(...stepsOfBody(one, { ...walk, isCaught: walk.isCaught || (part === 'try' && isCaught) }));
    }
  }
  return [...(handlers.length === 0 ? tried : [choose([tried, ...handlers])]), ...last];
}

/** To return where something is caught is to have seen it fail, if what follows fails. */
function stepsOfHandler(body: SyntaxNode, walk: Walk): readonly Step[] {
  const next = body.parent?.nextSibling ?? null;
  const isSeen = next !== null && PLAIN.test(next.name) && stepsOf(next, walk).includes(FAIL);
  return childrenOf(body).flatMap((one) =>
    isSeen && one.name === 'ReturnStatement' ? [] : stepsOf(one, walk),
  );
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
    if (name === 'AssertStatement') {
      found ??= CHECK;
    } else if (name === 'CallExpression' && found === null && node.firstChild !== null) {
      const callee = wholeName(node.firstChild, source);
      found = toStep(callee);
    }
    return found === null;
  });
  return found === null ? [] : [found];
}
