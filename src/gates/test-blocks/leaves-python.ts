import type { SyntaxNode } from '@lezer/common';
import { isOffValue, type MarkedSource } from './python-marks.ts';
import { childrenOf, nameOf, wholeName } from './python-source.ts';

/** `reader.skip(4)` leaves nothing, and nor does a mark that is only spoken of. Some projects have a `pytest` of their own. */
const LEAVES =
  /^(?:(?:\w+\.)*(?:skipTest|SkipTest|importorskip)|(?:self|cls|(?:\w+\.)*pytest|_pytest\.outcomes)\.(?:skip|xfail)(?:\.Exception)?)$/;
const SETS_UP = /^(?:setUp(?:Class|Module)?|setup(?:_method|_class|_module|_function)?|asyncSetUp)$/;

/** Whether one of its own statements ends a test. What ends it under a condition leaves it on. */
export function leavesTest(body: SyntaxNode, source: MarkedSource): boolean {
  return reachedOf(body).some((one) => {
    const said = one.name === 'RaiseStatement' || one.name === 'ExpressionStatement' ? one.firstChild : null;
    const value = said?.name === 'raise' ? said.nextSibling : said;
    const callee = value?.name === 'CallExpression' ? value.firstChild : value;
    return callee !== null && callee !== undefined && LEAVES.test(wholeName(callee, source));
  });
}

/** What a class or a file says of all of its tests: `pytestmark`, `__test__ = False`, a set-up that skips. */
export function leavesGroup(body: SyntaxNode, source: MarkedSource): boolean {
  return (
    leavesTest(body, source) ||
    childrenOf(body).some((one) => {
      const said = source.text.slice(one.from, Math.min(one.to, one.from + 100));
      if (one.name === 'FunctionDefinition') {
        const own = SETS_UP.test(nameOf(one, source)) ? one.getChild('Body') : null;
        return own !== null && leavesTest(own, source);
      }
      return /^__test__\s*=\s*False\b/.test(said) || (/^pytestmark\b/.test(said) && isOffValue(one, source));
    })
  );
}

/** Its statements; those behind a `return` are never reached. */
export function reachedOf(body: SyntaxNode): readonly SyntaxNode[] {
  const all = childrenOf(body);
  const end = all.findIndex(({ name }) => name === 'ReturnStatement');
  return end === -1 ? all : all.slice(0, end + 1);
}
