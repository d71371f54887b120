import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/command.ts';
import { cpuMs } from '../support/cpu-ms.ts';
import { type Change, evidenceOf, exited } from '../support/evidence.ts';

const PROFILE = { name: 'any', when: ['README.md'], path: [] };

describe('src/gates/command.ts, with tools', () => {
  describe('of coverage', () => {
    const covered = { ...PROFILE, checks: { coverage: { command: 'cover' } } };
    const LCOV = 'SF:a.ts\nDA:1,1\nDA:2,1\nDA:3,0\nDA:4,1\nend_of_record\n';

    function judgeCoverage(output: string, reports: Change['reports'] = {}, minLines = 75) {
      const change = evidenceOf({ profile: covered, commands: { cover: exited(0, output) }, reports });
      return gate.judge(change, gate.options.parse({ check: 'coverage', minLines }));
    }

    test.each([
      ['a report in its usual place', '', { 'coverage/lcov.info': LCOV }],
      ['the table of Istanbul', 'All files | 90 | 50 | 60 | 75.00 | 3\n', {}],
      ['the table of Node', '# all files   | 75.00 | 100.00 | 50.00 |\n', {}],
      ['the table of coverage.py', 'app/a.py 4 1 75%\nTOTAL     40     10    75%\n', {}],
      ['the total of Go', 'total:\t(statements)\t75.0%\n', {}],
    ])('reads %s', async (_, output, reports) => {
      expect(await judgeCoverage(output, reports)).toMatchObject({
        kind: 'pass',
        summary: 'coverage passed in 1.5 s. 75.0 % of the lines are covered.',
      });
      expect(await judgeCoverage(output, reports, 76)).toMatchObject({
        kind: 'fail',
        findings: [
          { message: expect.stringContaining('75.0 % of the lines are covered; 76 % are asked for.') },
        ],
      });
    });

    test.each([
      ['before', 'All files | 100 | 100 | 100 | 100 |\nTOTAL 40 10 75%\n'],
      ['after', 'TOTAL 40 10 75%\nTOTAL 40 0 100%\n'],
    ])('believes no better table that tests have printed %s the one of the tool', async (_, output) => {
      expect(await judgeCoverage(output, {}, 76)).toMatchObject({ kind: 'fail' });
    });

    test('reads much that looks like a table in hardly any time', async () => {
      const output = `TOTAL ${'1'.repeat(200_000)}\n${'TOTAL 1\n'.repeat(20_000)}`;
      const before = cpuMs();
      expect(await judgeCoverage(output)).toMatchObject({ kind: 'broke' });
      expect(cpuMs() - before).toBeLessThan(2_000);
    });

    test('does not pass what does not say how much is covered', async () => {
      expect(await judgeCoverage('all is well\n')).toMatchObject({ kind: 'broke', permanent: true });
      expect(await judgeCoverage('TOTAL 10 5 500%\n')).toMatchObject({ kind: 'broke' });
    });
  });

  describe('of a tool', () => {
    const install = 'Add `ruff` to requirements-dev.txt.';
    const tooled = {
      ...PROFILE,
      manifests: ['pyproject.toml', 'ruff.toml'],
      checks: {
        lint: { command: 'ruff check', tool: { name: 'ruff', install } },
        tests: { command: 'pytest', tool: { name: 'pytest', install }, otherwise: 'unittest' },
      },
    };

    function judgeTool(check: string, base: Readonly<Record<string, string>>, required = false) {
      const files = Object.fromEntries(
        Object.entries(base).map(([path, text]) => [path, { base: text, head: text }]),
      );
      const commands = { unittest: exited(0, 'Ran 4 tests') };
      const change = evidenceOf({ profile: tooled, files, commands });
      return gate.judge(change, gate.options.parse({ check, required }));
    }

    test.each([
      ['a manifest', { 'pyproject.toml': '[dependency-groups]\ndev = ["Ruff>=0.1"]\n' }],
      ['a file of its own', { 'ruff.toml': 'line-length = 100\n' }],
    ])('that %s names, says how to install it when it is missing', async (_, files) => {
      expect(await judgeTool('lint', files)).toMatchObject({
        kind: 'broke',
        remedy: install,
        permanent: true,
      });
    });

    test('that nobody has set up is not run', async () => {
      const files = { 'pyproject.toml': 'dependencies = ["ruffian"]\n' };
      expect(await judgeTool('lint', files)).toEqual({
        kind: 'skip',
        summary: `ruff is not set up on the base branch. ${install}`,
      });
      expect(await judgeTool('lint', files, true)).toMatchObject({
        kind: 'broke',
        remedy: expect.stringContaining(`${install} Do so on the default branch, then start another run`),
      });
      expect(await judgeTool('tests', files, true)).toMatchObject({ kind: 'pass' });
    });
  });

  test.each([
    [
      'a script, before anything else',
      { scripts: { lint: 'own-lint' }, devDependencies: { eslint: '9' } },
      'own-lint',
    ],
    ['the tool of a package', { devDependencies: { eslint: '9' } }, 'eslint .'],
    [
      'the first of several',
      { devDependencies: { eslint: '9' }, dependencies: { biome: '2' } },
      'biome lint .',
    ],
    ['nothing without its file', { devDependencies: { typescript: '6' } }, null],
  ])('runs %s', async (_, manifest, command) => {
    const lint = {
      scripts: ['lint'],
      otherwise: [
        { package: 'biome', command: 'biome lint .' },
        { package: 'eslint', command: 'eslint .' },
        { package: 'typescript', file: 'tsconfig.json', command: 'tsc' },
      ],
    };
    const text = JSON.stringify(manifest);
    const files = { 'package.json': { base: text, head: '{ "scripts": { "lint": "true" } }' } };
    const commands = command === null ? {} : { [command]: exited(1, 'a.js:1: wrong') };
    const change = evidenceOf({ profile: { ...PROFILE, checks: { lint } }, files, commands });
    expect(await gate.judge(change, gate.options.parse({ check: 'lint' }))).toMatchObject(
      command === null ? { kind: 'skip' } : { kind: 'fail', summary: expect.stringContaining('exit code 1') },
    );
  });

  test('is broken when a scanner did not get to write its report', async () => {
    const audit = { command: 'audit', reports: [{ format: 'pip-audit' as const, path: 'audit.json' }] };
    const change = {
      profile: { ...PROFILE, checks: { audit } },
      commands: { audit: exited(1, 'no route to host') },
    };
    function judgeAudit(given: Change) {
      return gate.judge(evidenceOf(given), gate.options.parse({ check: 'audit' }));
    }
    expect(await judgeAudit(change)).toMatchObject({
      kind: 'broke',
      summary: expect.stringContaining('audit did not get to its end: the command wrote no audit.json'),
      evidence: expect.stringContaining('no route to host'),
    });
    const found = '{ "dependencies": [{ "name": "a", "version": "1", "vulns": [{ "id": "X-1" }] }] }';
    expect(await judgeAudit({ ...change, reports: { 'audit.json': found } })).toMatchObject({
      kind: 'fail',
      findings: [{ message: 'a 1: X-1; no version mends it yet' }],
    });
  });
});
