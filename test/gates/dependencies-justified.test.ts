import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/dependencies-justified.ts';
import { type Change, evidenceOf, type FileChange } from '../support/evidence.ts';

const PLAN = 'docs/plan/ISSUE-7.md';

function judge(files: NonNullable<Change['files']>, options = {}) {
  return gate.judge(evidenceOf({ files }), gate.options.parse(options));
}

function inPlan(section: string): FileChange {
  return {
    head: `# Sums\n\n## New dependencies\n\n${section}\n\n## Out of scope\n\n- left-pad, which is no good here at all\n`,
  };
}

const MANIFEST = {
  'package.json': {
    base: '{ "dependencies": { "zod": "4.0.0" } }',
    head: '{ "dependencies": { "zod": "4.1.0", "left-pad": "1.0.0" }, "devDependencies": { "@types/node": "24" } }',
  },
};

describe('src/gates/dependencies-justified.ts', () => {
  test('names each new package that nobody justifies, and says where to', async () => {
    expect(await judge({ ...MANIFEST, [PLAN]: inPlan('None.') })).toMatchObject({
      kind: 'fail',
      summary: '2 of 2 new dependencies are not justified.',
      findings: [
        {
          path: 'package.json',
          message: expect.stringContaining(
            `left-pad is new and not justified. Under \`## New dependencies\` of ${PLAN} or docs/adr/ADR-*.md`,
          ),
        },
        { message: expect.stringMatching(/^@types\/node is new/) },
      ],
    });
  });

  test.each([
    [
      'a list',
      '- `left-pad` (MIT): nothing here pads, and it is kept up\n- @types/node: types of Node, MIT, kept up by many',
    ],
    [
      'a table',
      '| name | why |\n|---|---|\n| left-pad@1.0.0 | nothing here pads a text |\n| `@types/node` | types of what we call |',
    ],
    [
      'headings',
      '### left-pad\n\nNothing here pads a text.\n\n### `@types/node`\n\nThe types of what we call.',
    ],
  ])('takes a justification as %s', async (_, section) => {
    expect(await judge({ ...MANIFEST, [PLAN]: inPlan(section) })).toEqual({
      kind: 'pass',
      summary: 'Justified: left-pad, @types/node.',
    });
  });

  test.each([
    ['only names it', inPlan('- left-pad\n- @types/node')],
    [
      'speaks of another',
      inPlan('- left-pad-2: nothing here pads a text\n- types/node is good to have here'),
    ],
    ['was there before', { base: 'x\n', ...inPlan('- left-pad: nothing here pads') }],
  ])('does not take a document that %s', async (_, plan) => {
    expect(await judge({ ...MANIFEST, [PLAN]: plan })).toMatchObject({ kind: 'fail' });
  });

  test('looks only into the documents that it is told of', async () => {
    const section = '- `left-pad`: nothing here pads a text\n- `@types/node`: the types of what we call';
    const files = { ...MANIFEST, [PLAN]: inPlan(section) };
    expect(await judge(files, { documents: ['docs/adr/ADR-*.md'] })).toMatchObject({ kind: 'fail' });
    expect(
      await judge(
        { ...MANIFEST, 'docs/adr/ADR-3-pad.md': inPlan(section) },
        { documents: ['docs/adr/ADR-*.md'] },
      ),
    ).toMatchObject({ kind: 'pass' });
  });

  test.each([
    [
      'requirements-dev.txt',
      '# tools\npytest==9\n',
      'pytest==9\nFlask_Login[x]>=2 ; python_version < "4"\n-r a.txt\n',
      'flask-login',
    ],
    [
      'pyproject.toml',
      '[project]\ndependencies = ["httpx"]\n',
      '[project]\ndependencies = ["httpx>=1"]\n[dependency-groups]\ndev = ["ruff"]\n[tool.poetry.dependencies]\npython = "^3.11"\n',
      'ruff',
    ],
    [
      'Cargo.toml',
      '[dependencies]\nserde = "1"\n',
      '[dependencies]\nserde = "2"\n[dev-dependencies.rand]\nversion = "1"\n',
      'rand',
    ],
    [
      'go.mod',
      'module example.com/a\n\nrequire example.com/b v1.0.0\n',
      'module example.com/a\n\nrequire (\n\texample.com/b v1.1.0\n\texample.com/c v1.0.0\n\texample.com/d v1.0.0 // indirect\n)\n',
      'example.com/c',
    ],
    ['Gemfile', "gem 'rails'\n", "gem 'rails'\n  gem \"puma\", '~> 6'\n", 'puma'],
  ])('reads %s', async (path, base, head, name) => {
    expect(await judge({ [path]: { base, head } })).toMatchObject({
      kind: 'fail',
      findings: [{ path, message: expect.stringMatching(new RegExp(`^${name} is new`)) }],
    });
  });

  test('takes an update for no new dependency', async () => {
    const files = {
      'package.json': { base: '{"dependencies":{"zod":"3"}}', head: '{"dependencies":{"zod":"4"}}' },
    };
    expect(await judge(files)).toEqual({ kind: 'pass', summary: 'No new dependency.' });
  });

  test('names what a lock file brings that no manifest asked for', async () => {
    const lock = {
      base: '{ "packages": { "": {}, "node_modules/zod": {} } }',
      head: '{ "packages": { "": {}, "node_modules/zod": {}, "node_modules/zod/node_modules/evil": {} } }',
    };
    expect(await judge({ 'package-lock.json': lock })).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'package-lock.json', message: expect.stringMatching(/^evil is new/) }],
    });
    const uv = {
      base: '[[package]]\nname = "a"\n',
      head: '[[package]]\nname = "a"\n\n[[package]]\nname = "b"\n',
    };
    expect(await judge({ 'uv.lock': uv })).toMatchObject({
      findings: [{ message: expect.stringMatching(/^b is/) }],
    });
    expect(
      await judge({ 'package-lock.json': lock, 'package.json': { base: '{}', head: '{ "name": "a" }' } }),
    ).toMatchObject({
      kind: 'pass',
    });
  });

  test('does not pass a manifest that cannot be read', async () => {
    expect(await judge({ 'package.json': { base: '{}', head: '{' } })).toMatchObject({
      kind: 'fail',
      findings: [{ message: expect.stringContaining('cannot be read') }],
    });
  });
});
