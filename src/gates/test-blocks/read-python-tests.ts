import type { SyntaxNode } from '@lezer/common';
import { isTooDeep } from '../parts/is-too-deep.ts';
import { isCollected } from './is-collected.ts';
import { leavesGroup, leavesTest, reachedOf } from './leaves-python.ts';
import { isOffDecorator, type MarkedSource, readMarks } from './python-marks.ts';
import { nameOf, readPythonSource } from './python-source.ts';
import type { TestBlock } from './test-block.ts';

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
  const whole = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
  const isMarked = whole.getChildren('Decorator').some((mark) => isOffDecorator(mark, source));
  const isOn = kind === 'group' ? !leavesGroup(body, source) : isTestRun(node, body, source);
  return [{ kind, start: whole.from, end: whole.to, isRun: isOn && !isMarked }];
}

function isTestRun(test: SyntaxNode, body: SyntaxNode, source: MarkedSource): boolean {
  return !leavesTest(body, source) && !isEmpty(body) && isCollected(test, source);
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
