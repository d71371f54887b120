import type { SyntaxNode } from '@lezer/common';
import { isTooDeep } from '../parts/is-too-deep.ts';
import { isCollected } from './is-collected.ts';
import { leavesGroup, leavesTest, reachedOf } from './leaves-python.ts';
import { isOffDecorator, type MarkedSource, readMarks } from './python-marks.ts';
import { nameOf, readPythonSource } from './python-source.ts';
import { stepsOfPython } from './python-steps.ts';
import type { TestBlock } from './test-block.ts';
import { isUnsure } from './test-steps.ts';

/** The tests of a Python file, and their classes; null when it is nested too deeply to be parsed. */
export async function readPythonTests(text: string): Promise<readonly TestBlock[] | null> {
  if (isTooDeep(text)) {
    return null;
  }
  // Loaded when first needed.
  const { parser } = await import('@lezer/python');
  const file = parser.parse(text).topNode;
  const source = readMarks(file, readPythonSource(file, text));
  const blocks: TestBlock[] = [
    { kind: 'group', start: 0, end: text.length, isRun: !leavesGroup(file, source) },
  ];
  file.cursor().iterate((node) => {
    if (node.name === 'FunctionDefinition' || node.name === 'ClassDefinition') {
      blocks.push(...toBlock(node.node, source));
    }
  });
  return blocks;
}

function toBlock(node: SyntaxNode, source: MarkedSource): readonly TestBlock[] {
  const kind = node.name === 'ClassDefinition' ? 'group' : 'test';
  const body = node.getChild('Body');
  if (body === null || (kind === 'test' && !nameOf(node, source).startsWith('test'))) {
    return [];
  }
  const { from, to } = wholeOf(node);
  const isRun =
    kind === 'group'
      ? !leavesGroup(body, source) && !isMarked(node, source)
      : isOn(node, source) && isCollected(node, source, (other) => isOn(other, source));
  return [{ kind, start: from, end: to, isRun }];
}

/** With its decorators. */
function wholeOf(node: SyntaxNode): SyntaxNode {
  return node.parent?.name === 'DecoratedStatement' ? node.parent : node;
}

function isMarked(node: SyntaxNode, source: MarkedSource): boolean {
  return wholeOf(node)
    .getChildren('Decorator')
    .some((mark) => isOffDecorator(mark, source));
}

/** Whether a test always checks something, once it is collected. */
function isOn(test: SyntaxNode, source: MarkedSource): boolean {
  const body = test.getChild('Body');
  return (
    body !== null &&
    !isMarked(test, source) &&
    !leavesTest(body, source) &&
    !isEmpty(body) &&
    !isUnsure(stepsOfPython(reachedOf(body), source))
  );
}

function isEmpty(body: SyntaxNode): boolean {
  let isFound = false;
  for (const one of reachedOf(body)) {
    one.cursor().iterate(({ name }) => {
      isFound ||= name === 'CallExpression' || name === 'AssertStatement' || name === 'RaiseStatement';
    });
  }
  return !isFound;
}
