import { describe, expect, test } from 'vitest';
import type { CommandResult } from '../../src/domain/evidence.ts';
import { gate } from '../../src/gates/command.ts';
import { type Change, evidenceOf, exited, OVER_LIMIT } from '../support/evidence.ts';

const PROFILE = {
  name: 'node',
  when: ['package.json'],
  path: [],
  checks: {
    tests: { scripts: ['test', 'test:unit'] },
    odd: { scripts: ['constructor'] },
    audit: { command: 'audit --all' },
  },
};

function judge(check: string, change: Change) {
  return gate.judge(evidenceOf({ profile: PROFILE, ...change }), gate.options.parse({ check }));
}

function manifest(base: unknown, head: unknown = base) {
  return { 'package.json': { base: JSON.stringify(base), head: JSON.stringify(head) } };
}

const TESTED = manifest({ scripts: { test: 'run-tests' } });

describe('src/gates/command.ts', () => {
  test('passes when the command ends with 0, and says what was run', async () => {
    const verdict = await judge('tests', {
      files: TESTED,
      commands: { 'run-tests': exited(0, '12 passed') },
    });
    expect(verdict).toEqual({
      kind: 'pass',
      summary: 'tests passed in 1.5 s.',
      evidence: '$ run-tests\n12 passed',
    });
  });

  test('runs the script of the base, whatever the change made of it', async () => {
    const files = manifest({ scripts: { test: 'run-tests' } }, { scripts: { test: 'exit 0' } });
    const verdict = await judge('tests', {
      files,
      commands: { 'run-tests': exited(1), 'exit 0': exited(0) },
    });
    expect(verdict.kind).toBe('fail');
  });

  describe('holds what ended well', () => {
    function judgePassed(script: string, files: Change['files'], output = '') {
      const scripts = JSON.stringify({ scripts: { test: script } });
      const all = { 'package.json': { base: scripts, head: scripts }, ...files };
      return judge('tests', { files: all, commands: { [script]: exited(0, output) } });
    }

    test.each([
      ['node scripts/check.mjs', 'scripts/check.mjs'],
      ['node ./scripts/check', 'scripts/check.js'],
      ['node scripts', 'scripts/index.cjs'],
      ['tsc && FLAGS="a" sh tools/run.sh;true', 'tools/run.sh'],
      ['node scripts/test.js', 'scripts/test.js'],
      ['./run-tests.sh', 'run-tests.sh'],
      ['bin/test --all', 'bin/test'],
      ['node tests/run.mjs', 'tests/run.mjs'],
    ])('when %j runs a program that the change rewrites', async (script, path) => {
      expect(await judgePassed(script, { [path]: { base: 'check()', head: '' } })).toMatchObject({
        kind: 'hold',
        findings: [{ path, message: expect.stringContaining('rewrites') }],
      });
      const moved = await judgePassed(script, { elsewhere: { from: path, base: 'a', head: 'a' } });
      expect(moved.kind).toBe('hold');
    });

    test.each(['npm run build && t', 'npx t', 'pnpm -r t', 'run-s a b', 'node --run build'])(
      'when %j calls scripts and the change rewrites some',
      async (script) => {
        const base = JSON.stringify({ scripts: { test: script, build: 'b' } });
        const head = JSON.stringify({ scripts: { test: script, build: 'exit 0' } });
        const files = { 'package.json': { base, head } };
        const commands = { [script]: exited(0) };
        expect((await judge('tests', { files, commands })).kind).toBe('hold');
        expect(
          (await judge('tests', { files: { 'package.json': { base, head: '{' } }, commands })).kind,
        ).toBe('hold');
      },
    );

    test.each([
      'ℹ tests 0\nℹ pass 0\n',
      '# tests 0\n# pass 0\n',
      'No test files found, exiting with code 0\n',
      'No tests found, exiting with code 0\n',
      '\n\u001b[32m  0 passing\u001b[0m (1ms)\n',
      'Ran 0 tests in 0.000s\n\nOK\n',
    ])('when the runner says that it ran nothing: %j', async (output) => {
      expect(await judgePassed('t', { 'src/a.ts': { head: 'x' } }, output)).toMatchObject({ kind: 'hold' });
    });

    test.each([
      ['node --test "test/**/*.js"', 'test/a.test.js', 'ℹ tests 12\n'],
      ['node test.js', 'test.js', '# tests 3\n'],
      ['eslint src', 'src/a.ts', ''],
      ['vitest run', 'src/vitest.ts', 'Tests  2 passed (2)\n'],
      ['turbo t', 'src/a.ts', 'a: No test files found, exiting with code 0\nb: 4 passed\n'],
      ['my-npm-check', 'package.json', ''],
    ])('but not %j with a change of %s that says %j', async (script, path, output) => {
      const files = path === 'package.json' ? {} : { [path]: { base: 'a', head: 'b' } };
      expect((await judgePassed(script, files, output)).kind).toBe('pass');
    });
  });

  test('takes the first script that the base has', async () => {
    const files = manifest({ scripts: { 'test:unit': 'unit' } });
    const verdict = await judge('tests', { files, commands: { unit: exited(0) } });
    expect(verdict.kind).toBe('pass');
  });

  test('runs a fixed command of the profile', async () => {
    expect((await judge('audit', { commands: { 'audit --all': exited(0) } })).kind).toBe('pass');
  });

  test('turns places in the output into findings', async () => {
    const output = "src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.\n";
    const verdict = await judge('tests', { files: TESTED, commands: { 'run-tests': exited(2, output) } });
    expect(verdict).toMatchObject({
      kind: 'fail',
      summary: 'tests failed: exit code 2 after 1.5 s.',
      findings: [{ path: 'src/a.ts', line: 3 }],
    });
  });

  test('gives the end of the output when it names no place', async () => {
    const output = `${'x'.repeat(10_000)}\nthe last word`;
    const verdict = await judge('tests', { files: TESTED, commands: { 'run-tests': exited(1, output) } });
    expect(verdict).toMatchObject({
      findings: [{ message: expect.stringMatching(/^`run-tests` ended with 1:\nx{1986}\nthe last word$/) }],
    });
  });

  test('says so when a failed command printed nothing', async () => {
    expect(await judge('tests', { files: TESTED, commands: { 'run-tests': exited(1) } })).toMatchObject({
      findings: [{ message: '`run-tests` ended with 1:\nIt printed nothing.' }],
    });
  });

  test.each<[string, CommandResult, RegExp]>([
    ['a time limit', { kind: 'timed-out', output: '', durationMs: 9_000 }, /did not end within 9\.0 s/],
    ['a limit of the sandbox', OVER_LIMIT, /was ended: It made its tree larger/],
    ['no sandbox', { kind: 'unavailable', reason: 'no bwrap', remedy: 'install it' }, /no bwrap/],
    ['a file that cannot be executed', exited(126), /ended with 126, so a program is missing/],
    ['a missing program', exited(127), /ended with 127, so a program is missing/],
  ])('breaks, and never passes, on %s', async (_, result, summary) => {
    const verdict = await judge('tests', { files: TESTED, commands: { 'run-tests': result } });
    expect(verdict).toMatchObject({
      kind: 'broke',
      summary: expect.stringMatching(summary),
      remedy: expect.stringMatching(/./),
    });
  });

  test('may be tried again by itself when the volume was full, and only then', async () => {
    const result = { kind: 'unavailable', reason: 'full', remedy: 'Free space.' } as const;
    const full = { ...result, retriable: true } as const;
    expect(await judge('tests', { files: TESTED, commands: { 'run-tests': full } })).not.toHaveProperty(
      'permanent',
    );
    expect(await judge('tests', { files: TESTED, commands: { 'run-tests': result } })).toMatchObject({
      permanent: true,
    });
  });

  test.each(['{', '[]', '{"scripts": 1}'])('breaks when package.json of the base is %s', async (base) => {
    expect(await judge('tests', { files: { 'package.json': { base } } })).toMatchObject({
      kind: 'broke',
      remedy: expect.stringContaining('default branch'),
    });
  });

  test.each<[string, string, Change]>([
    ['no profile', 'tests', { profile: null }],
    ['a check the profile does not have', 'coverage', { files: TESTED }],
    ['no package.json', 'tests', {}],
    ['a new package.json', 'tests', { files: { 'package.json': { head: '{"scripts":{"test":"exit 0"}}' } } }],
    ['no scripts', 'tests', { files: manifest({}) }],
    ['an empty script', 'tests', { files: manifest({ scripts: { test: ' ' } }) }],
    [
      'the test script that npm init writes',
      'tests',
      { files: manifest({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }) },
    ],
    ['a script named like what every object has', 'odd', { files: manifest({ scripts: {} }) }],
  ])('skips, with a reason, on %s', async (_, check, change) => {
    const verdict = await judge(check, change);
    expect(verdict).toMatchObject({ kind: 'skip', summary: expect.stringMatching(/\w.*\.$/) });
  });

  describe('with reports', () => {
    const junit = { format: 'junit', path: 'out/junit.xml' };
    const lcov = { format: 'lcov', path: 'lcov.info', minLines: 80 };
    const good = '<testsuite><testcase name="a"/></testsuite>';
    const bad = '<testsuite><testcase name="a"><failure>at src/a.ts:3:1</failure></testcase></testsuite>';
    const half = 'SF:a\nLF:10\nLH:5\nend_of_record\n';

    function judgeWith(change: Change, reports: readonly object[] = [junit], code = 0) {
      const commands = { 'run-tests': exited(code, 'src/b.ts:1: wrong\n') };
      const evidence = evidenceOf({ profile: PROFILE, files: TESTED, commands, ...change });
      return gate.judge(evidence, gate.options.parse({ check: 'tests', reports }));
    }

    test('passes when they agree', async () => {
      const reports = { 'out/junit.xml': good, 'lcov.info': half };
      const files = [junit, { ...lcov, minLines: 50 }];
      expect((await judgeWith({ reports }, files)).kind).toBe('pass');
    });

    test.each<[string, string, object, RegExp]>([
      ['failed tests', bad, junit, /^a failed: at src\/a\.ts:3:1/],
      ['no test', '<testsuites/>', junit, /says that no test ran/],
      ['only skipped tests', '<testsuite><testcase><skipped/></testcase></testsuite>', junit, /no test ran/],
      [
        'too little coverage',
        half,
        { ...lcov, path: 'out/junit.xml' },
        /^50\.0 % of 10 lines are covered; 80 %/,
      ],
      ['no lines', 'SF:a\nend_of_record', { format: 'lcov', path: 'out/junit.xml' }, /no line was measured/],
      [
        'errors',
        '{"runs":[{"results":[{"level":"error","message":{"text":"x"}}]}]}',
        { format: 'sarif', path: 'out/junit.xml' },
        /^x$/,
      ],
    ])('fails although the command ended with 0 when they say: %s', async (_, text, report, message) => {
      expect(await judgeWith({ reports: { 'out/junit.xml': text } }, [report])).toMatchObject({
        kind: 'fail',
        summary: 'tests ended with 0, but its report says otherwise.',
        findings: [{ message: expect.stringMatching(message) }],
      });
    });

    test('takes findings from them when the command failed, and from the output when they have none', async () => {
      expect(await judgeWith({ reports: { 'out/junit.xml': bad } }, [junit], 1)).toMatchObject({
        kind: 'fail',
        findings: [{ path: 'src/a.ts', line: 3 }],
      });
      expect(await judgeWith({ reports: { 'out/junit.xml': good } }, [junit], 1)).toMatchObject({
        kind: 'fail',
        findings: [{ path: 'src/b.ts', line: 1 }],
      });
    });

    test.each<[string, NonNullable<Change['reports']>, RegExp]>([
      ['is not there', {}, /wrote no out\/junit\.xml/],
      ['is refused', { 'out/junit.xml': { kind: 'refused', reason: 'it is a link' } }, /it is a link/],
      ['is no report', { 'out/junit.xml': '<a>' }, /is no junit report/],
    ])('breaks, and never passes, when one %s', async (_, reports, summary) => {
      expect(await judgeWith({ reports })).toMatchObject({
        kind: 'broke',
        permanent: true,
        summary: expect.stringMatching(summary),
      });
      expect((await judgeWith({ reports }, [junit], 1)).kind).toBe('fail');
    });

    test('does not take a report that the change brings, nor one of the base', async () => {
      const reports = { 'out/junit.xml': good };
      const brought = { files: { ...TESTED, 'out/junit.xml': { head: good } }, reports };
      expect(await judgeWith(brought)).toMatchObject({ kind: 'fail', findings: [{ path: 'out/junit.xml' }] });
      const kept = { files: { ...TESTED, 'out/junit.xml': { base: good, head: good } }, reports };
      expect((await judgeWith(kept)).kind).toBe('broke');
    });

    test('reads those that the profile names, too', async () => {
      const reported = {
        ...PROFILE,
        checks: { tests: { scripts: ['test'], reports: [{ ...junit, format: 'junit' as const }] } },
      };
      expect((await judgeWith({ profile: reported, reports: { 'out/junit.xml': bad } }, [])).kind).toBe(
        'fail',
      );
    });

    test('knows which formats have a coverage', () => {
      const given = { check: 'tests', reports: [{ ...junit, minLines: 1 }] };
      expect(gate.options.safeParse(given).success).toBe(false);
    });
  });

  test('names a crash and cut output, so that they are not taken for what was there before', async () => {
    const output = `src/a.ts:1: x\n[... 99 bytes cut ...]\nend`;
    const verdict = await judge('tests', { files: TESTED, commands: { 'run-tests': exited(139, output) } });
    expect(verdict).toMatchObject({
      findings: [
        { path: 'src/a.ts' },
        { message: 'It printed more than is read: 99 bytes are left out.' },
        { message: 'It crashed: exit code 139.' },
      ],
    });
  });
});
