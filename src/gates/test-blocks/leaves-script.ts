import { isNode, type Node } from '../source/script-node.ts';
import { argumentsOf, callsAmong, isFunction, isText, statementsOf, wordsOfCall } from './script-calls.ts';

const CONTEXTS = /^(?:this|t|ctx|context|test|it|testInfo|skip|pending)$/;
const ENDS = /^(?:skip|fixme|todo|pending)$/;
const RUNNERS = /^(?:test|it|describe|suite)$/;
const HOOKS = /^(?:before|beforeEach|beforeAll|setup|suiteSetup)$/;

/** Whether a test ends itself, under no condition of its own or under one that is an argument: `ctx.skip()`. */
export function leavesTest(callback: Node): boolean {
  const [given] = Array.isArray(callback['params']) ? callback['params'] : [];
  const name = isNode(given) ? given['name'] : undefined;
  return callsAmong(statementsOf(callback)).some((call) => {
    const [first = '', ...rest] = wordsOfCall(call);
    return (CONTEXTS.test(first) || first === name) && ENDS.test(rest.at(-1) ?? first);
  });
}

/** The same for all tests of a group or a file: `test.skip(isSlow)`, `before(function () { this.skip(); })`. */
export function leavesGroup(body: Node): boolean {
  return callsAmong(statementsOf(body)).some((call) => {
    const [first = '', ...rest] = wordsOfCall(call);
    const last = rest.at(-1) ?? first;
    const [condition, callback] = argumentsOf(call);
    if (HOOKS.test(last)) {
      return argumentsOf(call).some((one) => isFunction(one) && leavesTest(one));
    }
    const isDeclared =
      condition !== undefined && (isText(condition) || (callback !== undefined && isFunction(callback)));
    return RUNNERS.test(first) && /^(?:skip|fixme|fail)$/.test(rest.at(-1) ?? '') && !isDeclared;
  });
}
