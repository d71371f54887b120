import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/no-placeholders.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: Change['files'], given: unknown = {}) {
  return gate.judge(evidenceOf({ files: files ?? {} }), gate.options.parse(given));
}

describe('src/gates/no-placeholders.ts', () => {
  test.each([
    '// TODO: bounds',
    '# FIXME',
    "throw new Error('not built yet: toTotal');",
    '# Retries are left as an exercise.',
    'const XXX = 1;',
    '/*HACK*/',
    "throw new Error('not implemented');",
    "throw new Error('Not Yet Implemented')",
    'raise NotImplementedError',
    'pass  # TODO',
    'unimplemented!()',
    'todo!()',
    '// ... rest of the code ...',
    '// Your code here',
  ])('fails on the added line %j', async (line) => {
    const verdict = await judge({ 'src/a.ts': { base: 'one\n', head: `one\n  ${line}\n` } });
    expect(verdict).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'src/a.ts', line: 2, message: expect.stringContaining(line) }],
    });
  });

  test('fails on what only acts as if, but for tests', async () => {
    const head = 'return [{ id: 1 }]; // Mock data for now';
    expect(await judge({ 'src/orders.ts': { head } })).toMatchObject({ kind: 'fail' });
    for (const path of [
      'src/orders.test.ts',
      'tests/orders.py',
      'src/__mocks__/orders.ts',
      'pkg/orders_test.go',
    ]) {
      expect(await judge({ [path]: { head } })).toMatchObject({ kind: 'pass' });
    }
  });

  test.each([
    'const todos = listTodos();',
    'size: XXXL',
    'mkdtemp("fooXXXXXX")',
    '<input placeholder="Search">',
    'hackathon()',
    'TODOS.push(todo);',
  ])('passes the added line %j', async (line) => {
    expect((await judge({ 'src/a.ts': { head: line } })).kind).toBe('pass');
  });

  test('leaves old lines, prose and data alone', async () => {
    const verdict = await judge({
      'src/a.ts': { base: '// TODO old\n', head: '// TODO old\nnew();\n' },
      'docs/plan.md': { head: 'TODO: write' },
      CHANGELOG: { head: 'FIXME' },
      'data.json': { head: '{"title": "TODO"}' },
    });
    expect(verdict.kind).toBe('pass');
  });

  test('accepts a line with a text that the workflow allows, as plain text', async () => {
    const files = { 'a.ts': { head: "501: 'Not Implemented'," } };
    expect((await judge(files)).kind).toBe('fail');
    expect((await judge(files, { allow: ['501:'] })).kind).toBe('pass');
    expect((await judge(files, { allow: ['5.1:'] })).kind).toBe('fail');
  });

  test('names at most 50 places, and counts them all', async () => {
    const verdict = await judge({
      'a.ts': { head: Array.from({ length: 70 }, (_, n) => `TODO ${n}`).join('\n') },
    });
    expect(verdict).toMatchObject({ kind: 'fail', summary: '70 added line(s) put work off.' });
    expect(verdict.kind === 'fail' && verdict.findings.length).toBe(50);
  });
});
