import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/files-planned.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

const PATH = 'docs/plan/ISSUE-7.md';

function judge(list: string, files: Change['files'] = { 'src/sum.ts': { head: 'export {};\n' } }) {
  const plan = { head: `# Sums\n\n## Files\n\n${list}\n\n## Threats\n\n- \`src/none.ts\`: nothing\n` };
  return gate.judge(evidenceOf({ files: { [PATH]: plan, ...files } }), gate.options.parse({}));
}

describe('src/gates/files-planned.ts', () => {
  test.each([
    ['a list', '- `src/sum.ts`: the sum, which calls\n  - `total(numbers)`'],
    ['a list with groups', '- Code:\n  - `src/sum.ts` - the sum'],
    ['a table', '| file | for |\n|---|---|\n| src/sum.ts | the sum |'],
    ['a directory', '- `src/`'],
    ['a pattern', '- `src/*.ts`'],
    ['one that goes', '- `src/sum.ts`\n- `src/old.ts`: deleted'],
    ['words beside it', '- `src/sum.ts`\n- see https://example.com/a.html'],
  ])('passes files as %s', async (_, list) => {
    expect(await judge(list)).toMatchObject({ kind: 'pass' });
  });

  test('names each file that is missing, where the plan names it', async () => {
    expect(await judge('- `src/sum.ts`\n- `src/api.ts`: the route')).toEqual({
      kind: 'fail',
      summary: 'Missing: 1 planned file; empty: 0 files.',
      findings: [
        {
          path: PATH,
          line: 6,
          severity: 'error',
          message:
            'src/api.ts is planned and not there. Add it, or mend the plan; if it goes, say "deleted" behind it.',
        },
      ],
    });
  });

  test('takes a path with brackets as it is', async () => {
    const files = { 'app/[id]/page.tsx': { head: 'export {};\n' } };
    expect(await judge('- `app/[id]/page.tsx`', files)).toMatchObject({ kind: 'pass' });
    expect(await judge('- `app/[di]/page.tsx`', files)).toMatchObject({ kind: 'fail' });
  });

  test('finds what is empty, except where that is the custom', async () => {
    const files = {
      'src/sum.ts': { head: '\n \n' },
      'src/__init__.py': { head: '' },
      'src/gone.ts': { base: 'a\n' },
    };
    expect(await judge('- `src/sum.ts`', files)).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'src/sum.ts', message: expect.stringContaining('is empty') }],
    });
  });

  test.each([
    ['src/sum.ts', '// The sum of all numbers.\n'],
    ['src/sum.ts', '/*\n * The sum: comes later.\n */\n\n// sum(a, b)\n'],
    ['src/sum.ts', `// ${'the sum '.repeat(500)}\n`],
    ['src/sum.ts', '// see /// <reference types="a" />\n/// <summary>The sum</summary>\n'],
    ['app/sum.py', '#= The sum\n'],
    ['src/sum.go', '// Package sum adds up.\n'],
    ['app/sum.py', '# The sum.\n'],
    ['app/sum.py', '"""The sum: "a" and \'b\'."""\n\n# later\n'],
    ['db/1.sql', '-- the table of sums\n'],
    ['src/style.css', '/* later */'],
  ])('takes a planned file for empty that has only comments: %s, %s', async (path, head) => {
    for (const file of [{ head }, { head, base: head }]) {
      expect(await judge(`- \`${path}\``, { [path]: file })).toMatchObject({
        kind: 'fail',
        findings: [{ path, message: expect.stringContaining('has only comments') }],
      });
    }
  });

  test.each([
    ['README.md', '# Sums\n'],
    ['app/sum.py', '"""The sum."""\n\ntotal = sum\n'],
    ['app/sum.py', '"a"\nb = "c"\n'],
    ['src/sum.ts', "const none = '// none';\n"],
    ['src/vite-env.d.ts', '/// <reference types="vite/client" />\n'],
    ['src/env.d.ts', "// Made by the tool.\n///<reference path='./a.d.ts'/>\n"],
    ['app/assets/main.js', '//= require_tree .\n'],
    ['app/assets/main.css', '/*\n *= require_self\n */\n'],
    ['db/1.sql', '-- the table\ncreate table sums (id int);\n'],
  ])('knows what has more than comments: %s, %s', async (path, head) => {
    expect(await judge(`- \`${path}\``, { [path]: { head } })).toMatchObject({ kind: 'pass' });
  });

  test('wants a plan that names files', async () => {
    expect(await judge('As needed, and `sum`.')).toMatchObject({
      kind: 'fail',
      findings: [{ path: PATH, message: expect.stringContaining('one per line in a code span') }],
    });
    const without = evidenceOf({ files: { 'src/a.ts': { head: 'a' } } });
    expect(await gate.judge(without, gate.options.parse({}))).toMatchObject({
      kind: 'fail',
      findings: [{ message: `Write the plan as ${PATH}.` }],
    });
  });
});
