import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../source/tree-children.ts';
import { CHECK, END, FAIL, isCheck, MAX_STEPS_DEEP, type Step } from './test-steps.ts';

const SKIPS = /^\w+\.Skip(?:f|Now)?$/;
const FAILS = /^(?:panic|\w+\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow))$/;
/** Longer names are made by programs. */
const MAX_NAME = 200;

/** What the statements of a test in Go do. */
export function stepsOfGo(statements: readonly SyntaxNode[], text: string): readonly Step[] {
  return statements.flatMap((one) => stepsOf(one, text, 0));
}

/** Whether a statement switches its test off. */
export function isGoSkip(statement: SyntaxNode, text: string): boolean {
  const call = statement.name === 'ExprStatement' ? statement.firstChild : null;
  return call !== null && SKIPS.test(goCallee(call, text));
}

/** The dotted name of what is called; empty for what is no call. */
export function goCallee(call: SyntaxNode, text: string): string {
  const callee = call.name === 'CallExpr' ? call.firstChild : null;
  return callee === null ? '' : text.slice(callee.from, Math.min(callee.to, callee.from + MAX_NAME));
}

function stepsOf(node: SyntaxNode, text: string, depth: number): readonly Step[] {
  if (depth > MAX_STEPS_DEEP) {
    return [];
  }
  const read = READERS[node.name];
  if (read !== undefined) {
    return read(node, text, depth);
  }
  return isGoSkip(node, text) ? [END] : stepsOfOther(node, text);
}

const READERS: Readonly<Record<string, (node: SyntaxNode, text: string, depth: number) => readonly Step[]>> =
  {
    Block: (node, text, depth) => childrenOf(node).flatMap((one) => stepsOf(one, text, depth + 1)),
    IfStatement: stepsOfIf,
    SwitchStatement: stepsOfCases,
    TypeSwitchStatement: stepsOfCases,
    SelectStatement: stepsOfCases,
    // That of the test itself ends what there is of it.
    ReturnStatement: (_node, _text, depth) => (depth === 0 ? [] : [END]),
    DeferStatement: () => [],
    GoStatement: () => [],
  };

function stepsOfIf(node: SyntaxNode, text: string, depth: number): readonly Step[] {
  const branches = childrenOf(node)
    .filter(
      ({ name, prevSibling }) => name === 'Block' || (name === 'IfStatement' && prevSibling?.name === 'else'),
    )
    .map((one) => stepsOf(one, text, depth + 1));
  return [{ kind: 'choice', branches: branches.length > 1 ? branches : [...branches, []] }];
}

function stepsOfCases(node: SyntaxNode, text: string, depth: number): readonly Step[] {
  const branches: Step[][] = [];
  let isComplete = false;
  for (const one of childrenOf(node.getChild('SwitchBlock') ?? node.getChild('SelectBlock') ?? node)) {
    if (one.name === 'Case') {
      branches.push([]);
      isComplete ||= one.getChild('default') !== null;
    } else {
      branches.at(-1)?.push(...stepsOf(one, text, depth + 1));
    }
  }
  return [{ kind: 'choice', branches: isComplete ? branches : [...branches, []] }];
}

function stepsOfOther(from: SyntaxNode, text: string): readonly Step[] {
  const found = new Set<Step>();
  from.cursor().iterate(({ node }) => {
    const callee = goCallee(node, text);
    if (callee !== '' && (FAILS.test(callee) || isCheck(callee) || /^\w+\.Run$/.test(callee))) {
      found.add(FAILS.test(callee) && node.parent === from ? FAIL : CHECK);
    }
    return found.size === 0;
  });
  return [...found];
}
