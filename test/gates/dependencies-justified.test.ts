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

function lockOf(...names: string[]): FileChange {
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  return { base: '{ "packages": {} }', head: JSON.stringify({ packages }) };
}

const LOCK = { 'package-lock.json': lockOf('left-pad', '@types/node') };
const MANIFEST = {
  ...LOCK,
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
    [
      'Cargo.toml',
      '[dependencies]\nfoo = "1"\n',
      '[dependencies]\nfoo = { package = "evil", version = "1" }\n',
      'evil',
    ],
    ['Cargo.toml', '', "[target.'cfg(unix)'.dependencies.foo]\npackage = 'bar'\nversion = '1'\n", 'bar'],
    [
      'go.work',
      'go 1.24\n',
      'go 1.24\n\nuse ./a\n\nreplace example.com/b => example.com/e v1.0.0\n',
      'example.com/e',
    ],
    ['Gemfile', "gem 'rails'\n", "gem 'rails'\n  gem \"puma\", '~> 6'\n", 'puma'],
    [
      'go.mod',
      'module example.com/a\n',
      'module example.com/a\n\ntool example.com/t/cmd/x\n\nrequire example.com/t v1.0.0 // indirect\n',
      'example.com/t',
    ],
    [
      'go.mod',
      'module example.com/a\n\nrequire example.com/b v1.0.0\n',
      'module example.com/a\n\nrequire example.com/b v1.0.0\n\nreplace example.com/b => example.com/e v1.0.0\n',
      'example.com/e',
    ],
    [
      'requirements.txt',
      'flask\n',
      'flask\ngit+https://example.com/own/Evil_Pad.git@v1\n# nothing\n--no-cache\n',
      'evil-pad',
    ],
    ['requirements.in', '', 'https://example.com/padded-1.0-py3-none-any.whl#sha256=0\n', 'padded'],
    [
      'setup.cfg',
      '[options]\ninstall_requires = flask\n',
      '[metadata]\nname = a\n[options]\ninstall_requires =\n  flask\n  httpx>=1\npackages = find:\n  other\n',
      'httpx',
    ],
    ['pyproject.toml', '', '[tool.hatch.envs.test]\ndependencies = ["ruff"]\n', 'ruff'],
    ['pyproject.toml', '', '[tool.pdm.dev-dependencies]\ntest = ["ruff"]\n', 'ruff'],
  ])('reads %s, whether there is a lock file or not', async (path, base, head, name) => {
    expect(await judge({ [path]: { base, head } })).toMatchObject({
      kind: 'fail',
      findings: expect.arrayContaining([
        {
          path,
          severity: 'error',
          message: expect.stringMatching(new RegExp(`^${name} is new and not justified`)),
        },
      ]),
    });
  });

  test('reads what requirements take in, and what Go is said to need only for others', async () => {
    expect(
      await judge({
        'requirements.txt': { base: '-r deps/base.list\n', head: '-r deps/base.list\n' },
        'deps/base.list': { base: 'flask\n', head: 'flask\nhttpx\n' },
      }),
    ).toMatchObject({
      findings: [{ path: 'deps/base.list', message: expect.stringMatching(/^httpx is new/) }],
    });
    const goMod = {
      base: 'module example.com/a\n',
      head: 'module example.com/a\n\nrequire (\n\texample.com/b v1.0.0 // indirect\n\texample.com/c v1.0.0 // indirect\n)\n',
    };
    const files = {
      'go.mod': goMod,
      'a.go': { head: 'package a\n\nimport (\n\tx "example.com/b/sub"\n)\n' },
    };
    expect(await judge({ ...files, 'go.sum': { head: 'example.com/b v1.0.0 h1:x\n' } })).toMatchObject({
      summary: '1 of 1 new dependencies are not justified.',
      findings: [{ path: 'go.mod', message: expect.stringMatching(/^example.com\/b is new/) }],
    });
    const direct = { base: goMod.head, head: goMod.head.replace('b v1.0.0 // indirect', 'b v1.0.0') };
    expect(
      await judge({ 'go.mod': direct, 'go.sum': { head: 'example.com/b v1.0.0 h1:x\n' } }),
    ).toMatchObject({
      findings: [{ path: 'go.mod', message: expect.stringMatching(/^example.com\/b is new/) }],
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

  describe('where a person has to agree', () => {
    const LINE = '- `left-pad` (MIT): nothing here pads a text\n- `@types/node`: types of what we call';

    function inAgreed(agreed?: string): FileChange {
      const plan = inPlan(LINE);
      return agreed === undefined ? plan : { ...plan, agreed: `## New dependencies\n\n${agreed}\n` };
    }

    test.each([
      ['nobody has agreed to anything', undefined, ['left-pad', '@types/node']],
      ['one came after the approval', '- `left-pad` (MIT): nothing here pads a text', ['@types/node']],
    ])('holds when %s, with the reason that is given', async (_, agreed, open) => {
      const verdict = await judge({ ...MANIFEST, [PLAN]: inAgreed(agreed) }, { onNew: 'hold' });
      expect(verdict).toEqual({
        kind: 'hold',
        summary: `A person must agree to new dependencies: ${open.join(', ')}.`,
        findings: open.map((name) => ({
          path: 'package.json',
          severity: 'error',
          message: expect.stringMatching(
            `^${name} is new, and nobody has agreed to it. The reason given: ${name}`,
          ),
        })),
      });
    });

    test('passes when somebody has approved a plan that names them all', async () => {
      expect(await judge({ ...MANIFEST, [PLAN]: inAgreed(LINE) }, { onNew: 'hold' })).toMatchObject({
        kind: 'pass',
      });
    });
  });
});
