import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../source/tree-children.ts';
import type { GoSource } from './go-source.ts';
import { CHECK, END, FAIL, isCheck, MAX_STEPS_DEEP, type Step } from './test-steps.ts';

const SKIPS = /^\w+\.Skip(?:f|Now)?$/;
const FAILS = /^(\w+)(?:\.T\(\))?\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;
/** Longer names are made by programs. */
const MAX_NAME = 200;

/** What the statements of a test in Go do. */
export function stepsOfGo(statements: readonly SyntaxNode[], source: GoSource): readonly Step[] {
  return statements.flatMap((one) => stepsOf(one, source, 0));
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

function stepsOf(node: SyntaxNode, source: GoSource, depth: number): readonly Step[] {
  if (depth > MAX_STEPS_DEEP) {
    return [];
  }
  const read = READERS[node.name];
  if (read !== undefined) {
    return read(node, source, depth);
  }
  return isGoSkip(node, source.text) ? [END] : stepsOfOther(node, source);
}

const READERS: Readonly<
  Record<string, (node: SyntaxNode, source: GoSource, depth: number) => readonly Step[]>
> = {
  Block: (node, source, depth) => childrenOf(node).flatMap((one) => stepsOf(one, source, depth + 1)),
  IfStatement: stepsOfIf,
  SwitchStatement: stepsOfCases,
  TypeSwitchStatement: stepsOfCases,
  SelectStatement: stepsOfCases,
  // That of the test itself ends what there is of it.
  ReturnStatement: (_node, _source, depth) => (depth === 0 ? [] : [END]),
  DeferStatement: () => [],
  GoStatement: () => [],
};

function stepsOfIf(node: SyntaxNode, source: GoSource, depth: number): readonly Step[] {
  const branches = childrenOf(node)
    .filter(
      ({ name, prevSibling }) => name === 'Block' || (name === 'IfStatement' && prevSibling?.name === 'else'),
    )
    .map((one) => stepsOf(one, source, depth + 1));
  return [{ kind: 'choice', branches: branches.length > 1 ? branches : [...branches, []] }];
}

function stepsOfCases(node: SyntaxNode, source: GoSource, depth: number): readonly Step[] {
  const branches: Step[][] = [];
  // Without a default, it waits until a case can be taken.
  let isComplete = node.name === 'SelectStatement';
  for (const one of childrenOf(node.getChild('SwitchBlock') ?? node.getChild('SelectBlock') ?? node)) {
    if (one.name === 'Case') {
      branches.push([]);
      isComplete ||= one.getChild('default') !== null;
    } else {
      branches.at(-1)?.push(...stepsOf(one, source, depth + 1));
    }
  }
  return [{ kind: 'choice', branches: isComplete ? branches : [...branches, []] }];
}

function stepsOfOther(from: SyntaxNode, source: GoSource): readonly Step[] {
  const found = new Set<Step>();
  from.cursor().iterate(({ node }) => {
    const callee = goCallee(node, source.text);
    const isFail = callee !== '' && isGoFail(callee, source);
    if (isFail || (callee !== '' && (isCheck(callee) || /^\w+\.Run$/.test(callee)))) {
      found.add(isFail && node.parent === from ? FAIL : CHECK);
    }
    return found.size === 0;
  });
  return [...found];
}

/** `fmt.Errorf`, `err.Error` and `http.Error` fail nothing. */
function isGoFail(callee: string, { testers }: GoSource): boolean {
  const name = FAILS.exec(callee)?.[1];
  return callee === 'panic' || (name !== undefined && testers.has(name));
}
