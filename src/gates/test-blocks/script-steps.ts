import { childrenOf, isNode, type Node } from '../source/script-node.ts';
import { nodesOf, wordsOfCall } from './script-calls.ts';
import { CHECK, END, FAIL, isCheck, MAX_STEPS_DEEP, type Step } from './test-steps.ts';

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
        .flatMap((node) => READERS[node.type]?.(node, walk) ?? stepsOfOther(node, walk));
}

const READERS: Readonly<Record<string, (node: Node, walk: Walk) => readonly Step[]>> = {
  BlockStatement: ({ body }, walk) => stepsOf(body, walk),
  ExpressionStatement: ({ expression }, walk) => stepsOf(expression, walk),
  AwaitExpression: ({ argument }, walk) => stepsOf(argument, walk),
  IfStatement: stepsOfCondition,
  ConditionalExpression: stepsOfCondition,
  LogicalExpression: ({ left, right }, walk) => [...stepsOf(left, walk), choose([stepsOf(right, walk), []])],
  SwitchStatement: stepsOfSwitch,
  TryStatement: stepsOfTry,
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

/** What is caught does not fail. To return where something is caught is to have seen it fail. */
function stepsOfTry({ block, handler, finalizer }: Node, walk: Walk): readonly Step[] {
  const caught = isNode(handler) ? stepsOf(handler['body'], walk).filter((one) => one !== END) : [FAIL];
  return [choose([stepsOf(block, walk), caught]), ...stepsOf(finalizer, walk)];
}

function choose(branches: readonly (readonly Step[])[]): Step {
  return { kind: 'choice', branches };
}

function stepsOfOther(from: Node, { isSkip }: Walk): readonly Step[] {
  if (from.type === 'CallExpression' && isSkip(from)) {
    return [END];
  }
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const words = node.type === 'CallExpression' ? wordsOfCall(node) : [];
    if (words.at(-1) === 'fail') {
      return [FAIL];
    }
    if (isCheck(words.join('.'))) {
      return [CHECK];
    }
    for (const child of childrenOf(node)) {
      open.push(child);
    }
  }
  return [];
}
