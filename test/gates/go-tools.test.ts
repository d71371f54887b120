import { describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { gate } from '../../src/gates/command.ts';
import { parseReport } from '../../src/gates/reports/parse-report.ts';
import { evidenceOf } from '../support/evidence.ts';
import { RECORDED_GO } from '../support/recorded-tools.ts';

const { profiles } = await readCatalog({ directory: '.' });
const profile = profiles.find(({ name }) => name === 'go') ?? expect.fail('there is no profile for Go');

function judge(check: string, state: string, minLines?: number) {
  const recorded = RECORDED_GO.find((one) => one.check === check && one.state === state);
  const { command = '', code = 0, output = '', reports = {} } = recorded ?? {};
  const source = profile.checks[check];
  // A recording of another command would show nothing.
  expect(source !== undefined && 'command' in source ? source.command : '').toBe(command);
  const evidence = evidenceOf({
    profile,
    commands: { [command]: { kind: 'exited', code, output, durationMs: 1 } },
    reports,
  });
  return gate.judge(evidence, gate.options.parse({ check, required: true, minLines }));
}

describe('profiles/go.yaml, by what Go has said', () => {
  test.each(['tests', 'types', 'format', 'coverage', 'collect'])(
    '%s passes what is in order',
    async (check) => {
      expect(await judge(check, 'good')).toMatchObject({ kind: 'pass' });
    },
  );

  test('counts tests, and places failures in the directories of their packages', async () => {
    expect(await judge('tests', 'good')).toMatchObject({ tally: { tests: 2 } });
    const verdict = await judge('tests', 'bad');
    expect(verdict.kind === 'fail' ? verdict.findings : verdict).toEqual([
      { path: 'sub/sub_test.go', line: 7, message: 'TestOne failed: One is not 2', severity: 'error' },
      {
        path: 'bad_test.go',
        line: 8,
        message: 'TestFails/sub_case failed: Sum is 1, want 2',
        severity: 'error',
      },
      {
        path: 'bad_test.go',
        line: 15,
        message: 'TestPanics failed: panic: runtime error: index out of range [3] with length 0 [recovered]',
        severity: 'error',
      },
    ]);
  });

  test('does not take a module without a test for one whose tests pass', async () => {
    expect(await judge('tests', 'none')).toMatchObject({
      kind: 'fail',
      findings: [{ message: '.baton-go.json says that no test ran.' }],
    });
  });

  test.each(['tests', 'types', 'collect'])('%s says where it does not compile', async (check) => {
    const message = expect.stringMatching(/^cannot use "x" \(untyped string constant\) as int value/);
    expect(await judge(check, 'broken')).toMatchObject({
      kind: 'fail',
      findings: [{ path: 'broken.go', line: 2, message }],
    });
  });

  test.each([
    ['types', { path: 'describe.go', line: 7, message: expect.stringContaining('wrong type int') }],
    ['format', { path: 'describe.go', line: 1, message: 'is not formatted: gofmt -w describe.go' }],
  ])('%s names the fault of a change', async (check, finding) => {
    expect(await judge(check, 'bad')).toMatchObject({ kind: 'fail', findings: [finding] });
  });

  test('coverage keeps to the threshold', async () => {
    expect(await judge('coverage', 'good', 85)).toMatchObject({
      kind: 'pass',
      summary: expect.stringContaining('100.0 % of the lines are covered'),
    });
    expect(await judge('coverage', 'thin', 85)).toMatchObject({
      kind: 'fail',
      summary: expect.stringContaining('85 % are asked for.'),
    });
  });
});

describe('src/gates/reports/parse-go-test.ts', () => {
  const MODULE = 'example.com/a /tree\n';
  const BEGUN = '{"Action":"run","Package":"example.com/a","Test":"TestOne"}\n';

  test('takes a test that never ended for one that failed', () => {
    expect(parseReport('go-test', `${MODULE}${BEGUN}`, '/tree')).toMatchObject({
      report: { ran: 1, failed: 1, findings: [{ message: 'TestOne failed: no reason is given' }] },
    });
  });

  test.each([
    ['example.com/a/../..', 'a_test.go'],
    ['example.com/other', 'a_test.go'],
    ['example.com/a', '..go'],
  ])('names no file outside of the repository: of %s, %s', (from, file) => {
    const event = { Action: 'output', Package: from, Test: 'TestOne', Output: `    ${file}:1: x\n` };
    const parsed = parseReport('go-test', `${MODULE}${JSON.stringify(event)}\n`, '/tree');
    expect(parsed).toMatchObject({ report: { findings: [{ message: 'TestOne failed: x' }] } });
    expect(JSON.stringify(parsed)).not.toMatch(/"path":"(?!\.\.go)/);
  });

  test.each([
    ['', 'it names no module'],
    [`${MODULE}{"Action":1}`, 'it has a line that is no event'],
    [`${MODULE}{`, 'it has a line that is no event'],
  ])('is unreadable: %j', (text, reason) => {
    expect(parseReport('go-test', text, '/tree')).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining(reason),
    });
  });
});
