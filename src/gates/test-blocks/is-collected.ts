import type { SyntaxNode } from '@lezer/common';
import { nameOf, type PythonSource } from './python-source.ts';

/** Runners collect classes that begin like this. On the others, and on one with a `_`, a class of another file may build. */
const COLLECTED = /^_?Test|Mix[Ii]n|Base|(?:^|_)(?:mixin|base)/;
/** What pytest-describe collects the functions of. */
const GROUPS = /^(?:describe|context)_/;

/**
 * Whether a runner finds a test of Python. What may be found counts: a function or a class that is spoken of elsewhere in the
 * file, and a class that builds on another.
 */
export function isCollected(test: SyntaxNode, source: PythonSource): boolean {
  let inner = test;
  let isConditional = false;
  for (let at = test.parent; at !== null; at = at.parent) {
    if (at.name === 'FunctionDefinition') {
      // Whoever calls it knows what it makes of a condition.
      return GROUPS.test(nameOf(at, source)) || isUsed(inner, source);
    }
    if (at.name === 'ClassDefinition') {
      if (!isCollectedClass(at, source)) {
        return false;
      }
      inner = at;
    }
    isConditional ||=
      at.name === 'IfStatement' && !/^if\s+True\b/.test(source.text.slice(at.from, at.from + 20));
  }
  return !isConditional;
}

/** That it is called makes no tests of its methods. */
function isCollectedClass(node: SyntaxNode, source: PythonSource): boolean {
  const given = node.getChild('ArgList');
  const bases = given === null ? '' : source.text.slice(given.from + 1, given.to - 1).trim();
  const name = nameOf(node, source);
  return (bases !== '' && bases !== 'object') || COLLECTED.test(name) || source.spoken.has(name);
}

function isUsed(node: SyntaxNode, source: PythonSource): boolean {
  const name = nameOf(node, source);
  return source.spoken.has(name) || source.called.has(name);
}
