import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import type { CommandResult, Evidence } from '../../src/domain/evidence.ts';
import type { Profile } from '../../src/domain/profile.ts';
import { gate } from '../../src/gates/command.ts';
import { evidenceOf } from '../support/evidence.ts';
import { EXAMPLES } from '../support/examples.ts';
import { RECORDED_TOOLS } from '../support/recorded-tools.ts';

/** The change that was judged when the tools were recorded: one fault for each of them. */
const FAULTS = {
  tests: { path: 'tests/test_invoices.py', line: 23, message: /test_fails.* failed: AssertionError/ },
  lint: { path: 'app/report.py', line: 1, message: /^I001/ },
  format: { message: /would be reformatted/ },
  types: { path: 'app/report.py', line: 4, message: /missing a type annotation/ },
  'dead-code': { path: 'app/report.py', line: 1, message: /unused import 'os'/ },
  security: { path: 'app/report.py', line: 5, message: /shell=True/ },
} as const;

let directory: string;
let profile: Profile;

beforeAll(async () => {
  const { profiles } = await readCatalog({ directory: '.' });
  profile = profiles.find(({ name }) => name === 'python') ?? expect.fail('there is no profile for Python');
  directory = await mkdtemp(join(tmpdir(), 'baton-invoices-'));
  await cp(join(EXAMPLES, 'invoices'), directory, { recursive: true });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Runs the command in the copy of the example, with what every machine here has. */
function runHere(command: string): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', command], { cwd: directory }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? 1);
      resolve({ kind: 'exited', code, output: `${stdout}${stderr}`, durationMs: 1 });
    });
  });
}

async function readExample(): Promise<Readonly<Record<string, { base: string; head: string }>>> {
  const paths = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = paths.filter((entry) => entry.isFile() && /\.(?:py|toml|txt)$/.test(entry.name));
  const texts = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    const text = await readFile(path, 'utf8');
    return [path.slice(directory.length + 1), { base: text, head: text }] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

async function judgeRecorded(check: string, state: string, minLines?: number) {
  const recorded = RECORDED_TOOLS.find((one) => one.check === check && one.state === state);
  const { command = '', code = 0, output = '', reports = {} } = recorded ?? {};
  const source = profile.checks[check];
  // A recording of another command would show nothing.
  expect(source !== undefined && 'command' in source ? source.command : '').toBe(command);
  const named = { 'requirements-dev.txt': { base: 'bandit coverage mypy pytest ruff vulture\n' } };
  const commands = { [command]: { kind: 'exited', code, output, durationMs: 1 } } as const;
  const evidence = evidenceOf({ profile, files: named, commands, reports });
  return await gate.judge(evidence, gate.options.parse({ check, required: true, minLines }));
}

describe('examples/invoices', () => {
  test.each(['tests', 'collect'])('%s really runs, and sees what is broken', async (check) => {
    const files = await readExample();
    // Without a tool that has to be installed first.
    const evidence: Evidence = { ...evidenceOf({ profile, files }), run: runHere };
    function judge() {
      return gate.judge(evidence, gate.options.parse({ check, required: true }));
    }
    expect(await judge()).toMatchObject({
      kind: 'pass',
      evidence: expect.stringMatching(/Ran 5 tests|5 tests/),
    });
    const path = join(directory, 'tests/test_broken.py');
    await writeFile(path, 'import unittest\nimport app.nowhere\n');
    expect(await judge()).toMatchObject({ kind: 'fail' });
    await rm(path);
  });

  test('its benchmark prints the figure of the latency target', async () => {
    expect(await runHere('python3 bench.py')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^p99: \d+\.\d{3} ms$/m),
    });
  });

  test.each(Object.entries(FAULTS))('%s passes it, and names the fault of a change', async (check, fault) => {
    expect(await judgeRecorded(check, 'good')).toMatchObject({ kind: 'pass' });
    const { message, ...place } = fault;
    const verdict = await judgeRecorded(check, 'bad');
    expect(verdict).toMatchObject({ kind: 'fail' });
    expect(verdict.kind === 'fail' ? verdict.findings[0] : null).toMatchObject({
      ...place,
      message: expect.stringMatching(message),
    });
  });

  test('coverage keeps to the threshold', async () => {
    expect(await judgeRecorded('coverage', 'good', 85)).toMatchObject({
      kind: 'pass',
      summary: expect.stringContaining('98.3 % of the lines are covered'),
    });
    expect(await judgeRecorded('coverage', 'thin', 85)).toMatchObject({
      kind: 'fail',
      summary: expect.stringContaining('79.5 % of the lines are covered; 85 % are asked for.'),
    });
  });

  test('each tool that it does not have is named with how to install it', async () => {
    const files = await readExample();
    const evidence: Evidence = {
      ...evidenceOf({ profile, files }),
      run: () => Promise.resolve({ kind: 'exited', code: 127, output: 'not found', durationMs: 1 }),
    };
    for (const check of ['lint', 'format', 'types', 'coverage', 'dead-code', 'security']) {
      expect(await gate.judge(evidence, gate.options.parse({ check }))).toMatchObject({
        kind: 'broke',
        remedy: expect.stringMatching(/^Add `\w+` to requirements-dev.txt \(`pip install \w+`\)\.$/),
      });
    }
  });
});
