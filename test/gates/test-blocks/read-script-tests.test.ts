import { describe, expect, test } from 'vitest';
import { readScriptTests } from '../../../src/gates/test-blocks/read-script-tests.ts';

const AC1 = "it('AC1', () => check());";

/** Whether the test `AC1` of a file runs, by itself and by what holds it. */
async function runs(text: string): Promise<boolean> {
  const at = text.indexOf("'AC1'");
  const blocks = (await readScriptTests('test/a.test.ts', text)) ?? [];
  const around = blocks.filter(({ start, end }) => start <= at && at < end);
  return around.some(({ kind }) => kind === 'test') && around.every(({ isRun }) => isRun);
}

describe('src/gates/test-blocks/read-script-tests.ts', () => {
  test.each(['undefined', 'false'])('an option that is plainly no leaves a test on: %s', async (no) => {
    expect(await runs(`it('AC1', { skip: ${no} }, () => check());`)).toBe(true);
  });

  // As `node:test` has it: whatever is given is a reason.
  test.each(['null', '0', "''", 'isCi'])('any other value of it does not: %s', async (value) => {
    expect(await runs(`it('AC1', { skip: ${value} }, () => check());`)).toBe(false);
  });

  test.each([
    ['a loop', `for (const a of all) {\n  ${AC1}\n}`],
    ['a loop that chooses', `for (const a of all) {\n  if (a.isSum) {\n    ${AC1}\n  }\n}`],
    ['forEach', `describe('x', () => all.forEach((a) => {\n  ${AC1}\n}));`],
    ['forEach with a function', `all.forEach(function (a) {\n  if (a) { ${AC1} }\n});`],
    ['a table of groups', `describe.each([1])('x', (a) => {\n  ${AC1}\n});`],
    ['a function that is called', `function define(a) {\n  ${AC1}\n}\ndefine(1);`],
    ['one that chooses', `function define(a) {\n  if (a) { ${AC1} }\n}\ndefine(1);`],
    ['one that is called before', `define(1);\nfunction define(a) {\n  ${AC1}\n}`],
    ['one that is passed on', `const define = (a) => {\n  ${AC1}\n};\n[1].map(define);`],
    ['one that a called one calls', `const a = () => b();\nfunction b() {\n  ${AC1}\n}\ndescribe('x', a);`],
    ['one that is exported', `export function define(a) {\n  ${AC1}\n}`],
    ['one that is exported by name', `const define = () => {\n  ${AC1}\n};\nexport { define as all };`],
    ['one that a module gives', `module.exports = { define() {\n  ${AC1}\n} };`],
    ['one that a helper of another file is given', `withDatabase(async (db) => {\n  ${AC1}\n});`],
    ['one that is called at once', `(function () {\n  ${AC1}\n})();`],
    ['a method', `class Suite {\n  run() {\n    ${AC1}\n  }\n}`],
    ['a try', `try {\n  ${AC1}\n} catch {}`],
    ['a plain yes', `if (true) {\n  ${AC1}\n}`],
    ['what only Vitest has', `if (import.meta.vitest) {\n  ${AC1}\n}`],
    [
      'a test that has more',
      `test('a', async (t) => {\n  if (more) { await t.test('AC1', () => check()); }\n});`,
    ],
    ['what stands before a return', `describe('x', () => {\n  ${AC1}\n  return;\n});`],
    [
      'a function behind a return',
      `function a() {\n  return b();\n  function b() {\n    ${AC1}\n  }\n}\na();`,
    ],
  ])('a test runs that stands in %s', async (_, text) => {
    expect(await runs(text)).toBe(true);
  });

  test.each([
    ['below a plain no', `if (false) {\n  ${AC1}\n}`],
    ['below a plain no in a loop', `for (const a of all) {\n  if (false) ${AC1}\n}`],
    ['beside a plain yes', `if (1) {\n  check();\n} else {\n  ${AC1}\n}`],
    ['under a condition', `if (process.platform === 'linux') {\n  ${AC1}\n}`],
    [
      'in a group under a condition',
      `describe('x', () => {\n  if (isCi) {\n    for (const a of all) { ${AC1} }\n  }\n});`,
    ],
    ['behind a condition', `isCi && ${AC1}`],
    ['by a choice', `isCi ? ${AC1.slice(0, -1)} : null;`],
    ['in a function that nobody calls', `function define() {\n  ${AC1}\n}`],
    ['in one that has a name', `const define = async () => {\n  ${AC1}\n};`],
    ['in one that calls only itself', `function define() {\n  ${AC1}\n  define();\n}`],
    ['in two that call only each other', `function a() {\n  b();\n}\nfunction b() {\n  ${AC1}\n  a();\n}`],
    ['in one that is called below a plain no', `if (false) define();\nfunction define() {\n  ${AC1}\n}`],
    ['in one that only stands there', `() => {\n  ${AC1}\n};`],
    ['behind a return', `describe('x', () => {\n  return;\n  ${AC1}\n});`],
    ['behind a throw', `describe('x', () => {\n  throw new Error('later');\n  ${AC1}\n});`],
  ])('a test does not run that stands %s', async (_, text) => {
    expect(await runs(text)).toBe(false);
  });
});
