import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/imports-resolve.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: NonNullable<Change['files']>, given: unknown = {}) {
  return gate.judge(evidenceOf({ files }), gate.options.parse(given));
}

/** A file that the change leaves alone. */
function kept(text: string) {
  return { base: text, head: text };
}

describe('src/gates/imports-resolve.ts', () => {
  test.each([
    ['import', "import { b } from './b.ts';"],
    ['import for its effects', "import './b';"],
    ['import of types', "import type { B } from './b';"],
    ['export', "export { b, c } from './b';"],
    ['dynamic import', "await import('./b.js');"],
    ['require', "const b = require('./b');"],
    ['import of a directory', "import b from './b/';"],
    ['import from above', "import b from '../b';"],
    ['import from outside of the repository', "import b from '../../b';"],
  ])('fails on an %s of a file that is not there', async (_, line) => {
    const verdict = await judge({ 'src/a.ts': { head: `// first\n${line}\n` } });
    expect(verdict).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'src/a.ts', line: 2, severity: 'error' }],
    });
  });

  test.each([
    ["import './b.js';", 'src/b.ts'],
    ["import './b.js';", 'src/b.tsx'],
    ["import './b.mjs';", 'src/b.mts'],
    ["import './b';", 'src/b/index.ts'],
    ["import '.';", 'src/index.ts'],
    ["import '..';", 'index.js'],
    ["import './b.svg?raw';", 'src/b.svg'],
    ["import './b';", 'src/b.d.ts'],
    ["import '../package.json' with { type: 'json' };", 'package.json'],
  ])('takes %s where there is %s', async (line, path) => {
    const verdict = await judge({
      'src/a.tsx': { head: `${line}\nexport const a = <p>don't</p>;\n` },
      [path]: kept(''),
    });
    expect(verdict).toMatchObject({ kind: 'pass' });
  });

  test.each([
    "import x from 'x';",
    "import fs from 'node:fs';",
    "import x from '@/x';",
    "import x from '#x';",
    "// import x from './x';",
    'const text = "import x from \'./x\'";',
    "/* require('./x') */",
    'await import(`./${name}.ts`);',
    "import x from './dist/x.js';",
    "import './gen/x.ts';",
  ])('leaves %j to others', async (line) => {
    expect(await judge({ 'a.ts': { head: line } })).toMatchObject({ kind: 'pass' });
  });

  test.each([
    ['from .b import c', 'pkg/a.py'],
    ['from ..b.c import d', 'pkg/sub/a.py'],
    ['import pkg.b', 'main.py'],
    ['from pkg.b import (', 'tests/a.py'],
    ['    import os, pkg.b as b', 'main.py'],
    ['from ....x import y', 'pkg/a.py'],
  ])('fails on the Python %j', async (line, path) => {
    const verdict = await judge({
      'pkg/__init__.py': kept(''),
      [path]: { head: `"""Doc\n${line}\n"""\n${line}\n` },
    });
    expect(verdict).toMatchObject({ kind: 'fail', findings: [{ path, line: 4 }] });
  });

  test.each([
    'import os',
    'from django.db import models',
    'from . import c',
    'from .c import d',
    'from pkg.c import d',
    'import pkg.sub',
    'from pkg import anything',
    'from .flow_pb2 import Flow',
    "text = 'import pkg.b'",
    '# """',
  ])('takes the Python %j', async (line) => {
    const files = { 'pkg/__init__.py': kept(''), 'pkg/c.py': kept(''), 'pkg/sub/x.py': kept('') };
    expect(await judge({ ...files, 'pkg/a.py': { head: `${line}\n` } })).toMatchObject({ kind: 'pass' });
  });

  test('finds who still asks for a file that was taken away or renamed', async () => {
    const asking = kept("import './gone.ts';\nimport './never-there.ts';\n");
    for (const change of [
      { 'gone.ts': { base: '' }, 'a.ts': asking },
      { 'new.ts': { base: '', head: '', from: 'gone.ts' }, 'a.ts': asking },
    ]) {
      const findings = [{ path: 'a.ts', line: 1, message: expect.stringContaining('./gone.ts') }];
      expect(await judge(change)).toMatchObject({ kind: 'fail', findings });
    }
  });

  test('judges a file that was moved as a whole', async () => {
    const text = "import './b.ts';\n";
    const files = { 'b.ts': kept(''), 'deep/a.ts': { base: text, head: text, from: 'a.ts' } };
    expect(await judge(files)).toMatchObject({ kind: 'fail', findings: [{ path: 'deep/a.ts', line: 1 }] });
  });

  test('says nothing of what was broken before, of what cannot be parsed, and where there is no code', async () => {
    expect(
      await judge({ 'a.ts': { base: "import './x';\n", head: "import './x';\nconst b = 1;\n" } }),
    ).toMatchObject({
      kind: 'pass',
    });
    expect(await judge({ 'a.ts': { head: "import './x'; const = ;" } })).toMatchObject({ kind: 'pass' });
    expect(await judge({ 'a.md': { head: "import './x';" } })).toMatchObject({ kind: 'skip' });
  });

  test('allows what the repository says a build provides', async () => {
    const files = { 'src/a.ts': { head: "import './made/x';" } };
    expect(await judge(files, { allow: ['src/made/**'] })).toMatchObject({ kind: 'pass' });
  });
});
