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
      `test('a', async (t) => {\n  check();\n  if (more) { await t.test('AC1', () => check()); }\n});`,
    ],
    ['either branch', `if (isCi) {\n  ${AC1}\n} else {\n  it('AC1', { retry: 2 }, () => check());\n}`],
    [
      'either branch, last',
      `if (isCi) {\n  it('AC' + '1', () => {});\n  it("AC1", () => check());\n} else {\n  ${AC1}\n}`,
    ],
    ['either branch, by a template', `if (isCi) {\n  ${AC1}\n} else {\n  it(\`AC1\`, () => check());\n}`],
    ['what stands before a return', `describe('x', () => {\n  ${AC1}\n  return;\n});`],
    [
      'a function behind a return',
      `function a() {\n  return b();\n  function b() {\n    ${AC1}\n  }\n}\na();`,
    ],
  ])('a test runs that stands in %s', async (_, text) => {
    expect(await runs(text)).toBe(true);
  });

  test.each([
    ['throws', 'if (sum() !== 1) throw new Error("x");'],
    ['fails', 'if (sum() !== 1) { assert.fail("x"); }'],
    ['leaves after a check', 'expect(a).toBe(1); if (isCi) return; expect(b).toBe(2);'],
    ['checks in either case', 'if (isCi) { expect(a).toBe(1); } else { expect(a).toBe(2); }'],
    ['checks in each case', 'switch (a) { case 1: case 2: expect(a).toBe(1); break; default: assert(a); }'],
    ['checks in a loop', 'for (const a of all) { if (a.off) continue; expect(a).toBe(1); }'],
    [
      'checks in a callback',
      'await withServer(async (server) => { if (!server) return; expect(1).toBe(1); });',
    ],
    ['wants a throw', 'try { f(); } catch { return; } throw new Error("nothing was thrown");'],
    ['wants another throw', 'try { f(); assert.fail(); } catch (error) { expect(error).toBe(1); }'],
    ['wants a throw and says where it cannot be', 'try { f(); } catch { return; } expect.unreachable();'],
    [
      'checks what it caught at its end',
      'try { f(); } catch (error) { return expect(error).toBe(1); } assert.fail();',
    ],
    ['checks after all', 'try { f(); } catch {} finally { expect(1).toBe(1); }'],
    ['waits for something', 'await waitFor(() => done()); if (isCi) return; expect(1).toBe(1);'],
    ['has a helper', 'sees(1);'],
    ['gives what a helper gives', 'return sees(1);'],
    ['gives a check', 'if (isCi) return expect(1).toBe(1); return expect(2).toBe(2);'],
  ])('a test always checks something that %s', async (_, said) => {
    expect(await runs(`it('AC1', async () => { ${said} });`)).toBe(true);
  });

  test.each([
    ['before a check', 'if (isCi) return; expect(1).toBe(1);'],
    ['deep before a check', 'const a = f(); if (a) { if (isCi) { return; } } expect(a).toBe(1);'],
    ['by a skip', 'if (isCi) { t.skip("later"); } expect(1).toBe(1);'],
    ['by a case', 'switch (a) { case 1: return; default: } expect(1).toBe(1);'],
    ['where only one branch checks', 'if (isCi) { expect(1).toBe(1); }'],
    ['where a sign stands for a branch', 'isCi || expect(1).toBe(1);'],
    ['where what fails is caught', 'try { expect(1).toBe(2); } catch {}'],
    ['by a return where something is caught', 'try { connect(); } catch { return; } expect(1).toBe(1);'],
    ['by a skip where something is caught', 'try { connect(); } catch { t.skip(); } expect(1).toBe(1);'],
    ['by a skip before what fails', 'try { connect(); } catch { t.skip(); return; } throw new Error("x");'],
    ['after what is only tidied', 'try { f(); } finally { close(); } if (isCi) return; expect(1).toBe(1);'],
    ['after it only waits', 'await page.waitForTimeout(1); if (isCi) return; expect(1).toBe(1);'],
    ['after it takes a branch', 'git.checkout("x"); if (isCi) return; expect(1).toBe(1);'],
    ['after it loads a module', 'const a = jest.requireActual("x"); if (isCi) return; expect(1).toBe(1);'],
    ['where only what is caught is checked', 'try { f(); } catch (error) { expect(error).toBe(1); }'],
  ])('a test may end without a check: %s', async (_, said) => {
    expect(await runs(`it('AC1', async (t) => { ${said} });`)).toBe(false);
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
    ['in one branch', `if (isCi) {\n  ${AC1}\n} else {\n  it('AC2', () => check());\n}`],
    [
      'in one branch and skipped in the other',
      `if (isCi) {\n  it.skip('AC1', () => check());\n} else {\n  ${AC1}\n}`,
    ],
    [
      'in one branch by a name that is made, as another is in the other',
      `if (isCi) {\n  it(\`\${'AC1'}\`, () => check());\n} else {\n  it(\`\${'AC2'}\`, () => check());\n}`,
    ],
    [
      'in one branch, with a template in the other',
      `if (isCi) {\n  it(\`'AC1'\`, () => check());\n} else {\n  it(\`AC2\`, () => check());\n}`,
    ],
    ['behind a sign in a branch', `if (isCi) {\n  a && ${AC1}\n} else {\n  ${AC1}\n}`],
    ['in either branch of a branch', `if (isCi) {\n  if (a) {\n    ${AC1}\n  } else {\n    ${AC1}\n  }\n}`],
    ['in a branch of either', `if (isCi) {\n  if (a) { ${AC1} }\n} else {\n  ${AC1}\n}`],
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
