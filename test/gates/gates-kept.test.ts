import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/gates-kept.ts';
import { type Change, evidenceOf } from '../support/evidence.ts';

const PROFILE = {
  name: 'node',
  when: ['package.json'],
  path: [],
  checks: { tests: { scripts: ['test', 'test:unit'] }, audit: { command: 'make audit' } },
};

const SCRIPTS = {
  test: 'npm run build && run-s check:*',
  pretest: 'node prepare.js',
  build: 'tsc',
  'check:a': 'eslint --max-warnings 0',
  start: 'node .',
};
const MANIFEST = { name: 'a', scripts: SCRIPTS, jest: { coverageThreshold: { global: { lines: 90 } } } };

async function judge(files: Change['files'], profile: Change['profile'] = PROFILE) {
  const verdict = await gate.judge(evidenceOf({ files: files ?? {}, profile }), gate.options.parse({}));
  return {
    ...verdict,
    messages: 'findings' in verdict ? verdict.findings.map(({ message }) => message) : [],
  };
}

function manifest(head: object) {
  return {
    'package.json': { base: JSON.stringify(MANIFEST), head: JSON.stringify({ ...MANIFEST, ...head }) },
  };
}

describe('src/gates/gates-kept.ts', () => {
  test('holds one change that silences a linter and lowers a threshold, and names both places', async () => {
    const verdict = await judge({
      'src/a.ts': { base: 'a();\n', head: '// eslint-disable-next-line\na();\n' },
      'vitest.config.ts': { base: 'x({ lines: 90 })', head: 'x({ lines: 10 })' },
    });
    expect(verdict).toMatchObject({
      kind: 'hold',
      summary: 'A person must agree that the judges get weaker in src/a.ts, vitest.config.ts.',
      findings: [
        { path: 'src/a.ts', line: 1, severity: 'warning' },
        { path: 'vitest.config.ts', line: 1, severity: 'warning' },
      ],
    });
  });

  test.each<[string, object, RegExp]>([
    [
      'the script of a check',
      { test: 'exit 0' },
      /The check `tests` ran `npm run build.*` and now runs `exit 0`/,
    ],
    ['an earlier name of a check', { test: undefined, 'test:unit': 'true' }, /The check `tests`/],
    ['all scripts of a check', { test: undefined }, /is gone/],
    ['a script that it calls', { build: 'true' }, /The script `build`, which a check calls/],
    ['a script that it calls by a pattern', { 'check:a': 'true' }, /`check:a`/],
    [
      'more warnings',
      { 'check:a': 'eslint --max-warnings 50' },
      /is laxer.*`max-warnings` was 0 and is now 50/,
    ],
  ])('holds a change of %s', async (_, scripts, message) => {
    const verdict = await judge(manifest({ scripts: { ...SCRIPTS, ...scripts } }));
    expect(verdict.kind).toBe('hold');
    expect(verdict.messages).toContainEqual(expect.stringMatching(message));
  });

  test('holds what runs before a script that a check calls', async () => {
    const prebuilt = { ...MANIFEST, scripts: { ...SCRIPTS, prebuild: 'a' } };
    const files = {
      'package.json': {
        base: JSON.stringify(prebuilt),
        head: JSON.stringify({ ...prebuilt, scripts: { ...prebuilt.scripts, prebuild: 'b' } }),
      },
    };
    expect((await judge(files)).messages).toEqual([expect.stringMatching(/`prebuild`/)]);
  });

  test.each<[string, object, readonly unknown[]]>([
    [
      'a lower threshold',
      { coverageThreshold: { global: { lines: 80 } } },
      [expect.stringMatching(/was 90 and is now 80/)],
    ],
    ['other tests', { ...MANIFEST.jest, testMatch: ['a'] }, [expect.stringMatching(/`jest.testMatch`/)]],
    ['a higher threshold', { coverageThreshold: { global: { lines: 95 } } }, []],
  ])('reads the settings of a tool in a manifest: %s', async (_, jest, messages) => {
    expect((await judge(manifest({ jest }))).messages).toEqual(messages);
  });

  test.each<[string, object]>([
    ['a script that no check calls', { scripts: { ...SCRIPTS, start: 'node main.js', lint: 'eslint' } }],
    ['a version and a dependency', { version: '2.0.0', dependencies: { a: '1.0.0' } }],
  ])('leaves %s to others', async (_, head) => {
    expect((await judge(manifest(head))).kind).toBe('pass');
  });

  test('holds the targets that a check makes, and what they need', async () => {
    const base = 'CC = cc\naudit: deps\n\tnpm audit\ndeps:\n\tnpm ci\nclean:\n\trm -r out\n';
    async function judgeMake(head: string) {
      return (await judge({ Makefile: { base, head } })).messages;
    }
    expect(await judgeMake(base.replace('npm audit', 'true'))).toEqual([expect.stringMatching(/`audit`/)]);
    expect(await judgeMake(base.replace('npm ci', 'true'))).toEqual([expect.stringMatching(/`deps`/)]);
    expect(await judgeMake(base.replace('CC = cc', 'SHELL = true'))).toEqual([
      expect.stringMatching(/variables/),
    ]);
    expect(await judgeMake(base.replace('rm -r', 'rm -rf'))).toEqual([]);
    expect((await judge({ makefile: { head: 'audit:\n\ttrue\n' } })).messages).toEqual([
      expect.stringMatching(/adds a file that it may read instead/),
    ]);
    expect((await judge({ 'docs/Makefile': { head: 'audit:\n\ttrue\n' } })).kind).toBe('pass');
    const silent = { ...PROFILE, checks: {} };
    expect((await judge({ Makefile: { base, head: '' } }, silent)).kind).toBe('pass');
    expect((await judge({ Makefile: { base, head: '' } }, null)).kind).toBe('hold');
  });

  test.each([
    'eslint-suppressions.json',
    'web/phpstan-baseline.neon',
    '.secrets.baseline',
    'knip.json',
    'build/rules.mk',
    'osv-scanner.toml',
  ])('holds a change of %s, which says what is not looked at', async (path) => {
    expect((await judge({ [path]: { head: '{"a": 1}' } })).kind).toBe('hold');
  });

  test('sees a renamed configuration go, and a suppression move', async () => {
    const gone = await judge({ 'old/biome.json.txt': { from: 'biome.json', base: '{}', head: '{}' } });
    expect(gone).toMatchObject({ kind: 'hold', findings: [{ path: 'biome.json' }] });
    const text = '// @ts-ignore\na();\n';
    expect((await judge({ 'src/b.ts': { from: 'src/a.ts', base: text, head: text } })).kind).toBe('pass');
  });

  test('reads configuration that git takes for binary', async () => {
    const files = { 'eslint.config.js': { base: 'a();', head: '/*\0*/ b();' } };
    expect((await judge(files)).kind).toBe('hold');
  });

  test.each<[string, Change['files']]>([
    ['ordinary work', { 'src/a.ts': { head: 'a();\n' }, 'test/a.test.ts': { head: 'test();\n' } }],
    ['a deleted test, which another gate holds', { 'test/a.test.ts': { base: 'test();\n' } }],
    ['a skipped test, which another gate fails', { 'test/a.test.ts': { head: 'test.skip();\n' } }],
  ])('passes %s', async (_, files) => {
    expect((await judge(files)).kind).toBe('pass');
  });
});
