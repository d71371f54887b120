import { childrenOf, isNode, type Node } from '../source/script-node.ts';
import { nodesOf, wordsOfCall } from './script-calls.ts';
import { CHECK, END, FAIL, isCheck, MAX_STEPS_DEEP, type Step } from './test-steps.ts';

/** `expect.unreachable()` of Vitest. */
const FAILS = /^(?:fail|unreachable)$/;

/** Whether a call switches its test off. */
type IsSkip = (call: Node) => boolean;

interface Walk {
  readonly isSkip: IsSkip;
  readonly depth: number;
}

/** What the statements of a test do. */
export function stepsOfScript(statements: readonly Node[], isSkip: IsSkip): readonly Step[] {
  return stepsOf(statements, { isSkip, depth: 0 });
}

/** Of a node, or of several. */
function stepsOf(value: unknown, { isSkip, depth }: Walk): readonly Step[] {
  const walk = { isSkip, depth: depth + 1 };
  return depth > MAX_STEPS_DEEP
    ? []
    : [value]
        .flat()
        .filter(isNode)
        .flatMap((node, nth, all) =>
          node.type === 'TryStatement'
            ? stepsOfTry({ node, next: all[nth + 1] }, walk)
            : (READERS[node.type]?.(node, walk) ?? stepsOfOther(node, walk)),
        );
}

const READERS: Readonly<Record<string, (node: Node, walk: Walk) => readonly Step[]>> = {
  BlockStatement: ({ body }, walk) => stepsOf(body, walk),
  ExpressionStatement: ({ expression }, walk) => stepsOf(expression, walk),
  AwaitExpression: ({ argument }, walk) => stepsOf(argument, walk),
  IfStatement: stepsOfCondition,
  ConditionalExpression: stepsOfCondition,
  LogicalExpression: ({ left, right }, walk) => [...stepsOf(left, walk), choose([stepsOf(right, walk), []])],
  SwitchStatement: stepsOfSwitch,
  ThrowStatement: () => [FAIL],
  // That of the test itself ends what there is of it.
  ReturnStatement: ({ argument }, walk) => [...stepsOf(argument, walk), ...(walk.depth > 1 ? [END] : [])],
};

function stepsOfCondition({ test, consequent, alternate }: Node, walk: Walk): readonly Step[] {
  return [...stepsOf(test, walk), choose([stepsOf(consequent, walk), stepsOf(alternate, walk)])];
}

function stepsOfSwitch({ discriminant, cases }: Node, walk: Walk): readonly Step[] {
  const all = nodesOf(cases);
  const branches = all
    .map(({ consequent }) => nodesOf(consequent))
    .filter((one) => one.length > 0)
    .map((one) => stepsOf(one, walk));
  const isComplete = all.some(({ test }) => !isNode(test));
  return [...stepsOf(discriminant, walk), choose(isComplete ? branches : [...branches, []])];
}

interface Tried {
  readonly node: Node;
  /** The statement behind it. */
  readonly next: Node | undefined;
}

/** What is caught does not fail. To return where something is caught is to have seen it fail, if what follows fails. */
function stepsOfTry({ node: { block, handler, finalizer }, next }: Tried, walk: Walk): readonly Step[] {
  const tried = stepsOf(block, walk);
  const last = stepsOf(finalizer, walk);
  if (!isNode(handler) || !isNode(handler['body'])) {
    return [...tried, ...last];
  }
  const isSeen =
    (next?.type === 'ThrowStatement' || next?.type === 'ExpressionStatement') &&
    stepsOf(next, walk).includes(FAIL);
  const caught = nodesOf(handler['body']['body']).map((one) =>
    isSeen && one.type === 'ReturnStatement' ? one['argument'] : one,
  );
  return [choose([tried, stepsOf(caught, walk)]), ...last];
}

function choose(branches: readonly (readonly Step[])[]): Step {
  return { kind: 'choice', branches };
}

/** Nodes without a check in them. In tests within tests, each would else look through all that the inner ones have. */
const WITHOUT = new WeakSet<Node>();

function stepsOfOther(from: Node, { isSkip }: Walk): readonly Step[] {
  if (from.type === 'CallExpression' && isSkip(from)) {
    return [END];
  }
  // A node comes twice: before what it consists of, and when all of that is done.
  const open: { readonly node: Node; readonly isDone: boolean }[] = [{ node: from, isDone: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, isDone } = next;
    if (isDone) {
      WITHOUT.add(node);
    } else if (!WITHOUT.has(node)) {
      const step = stepOfCall(node);
      if (step !== null) {
        return [step];
      }
      open.push({ node, isDone: true });
      for (const child of childrenOf(node)) {
        open.push({ node: child, isDone: false });
      }
    }
  }
  return [];
}

function stepOfCall(node: Node): Step | null {
  const words = node.type === 'CallExpression' ? wordsOfCall(node) : [];
  if (FAILS.test(words.at(-1) ?? '')) {
    return FAIL;
  }
  return isCheck(words.join('.')) ? CHECK : null;
}
