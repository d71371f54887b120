import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Profile } from '../../src/domain/profile.ts';
import { gate } from '../../src/gates/command.ts';
import { requireBubblewrap } from '../sandbox/support/host.ts';
import { evidenceOf } from '../support/evidence.ts';
import { EXAMPLES } from '../support/examples.ts';
import { openPythonBench, type PythonBench } from '../support/python-bench.ts';
import { RECORDED_TOOLS } from '../support/recorded-tools.ts';
import { hasPythonTools } from '../support/require-programs.ts';

const EXAMPLE = readExample();

/** A fault for each of the tools. */
const BAD = {
  ...EXAMPLE,
  'app/report.py': `import os
import hashlib, subprocess

def unused_report(name):
    return subprocess.call("cat " + name, shell=True)

def digest(text: str) -> int:
    return hashlib.md5(text.encode()).hexdigest()
`,
  'tests/test_invoices.py': `${EXAMPLE['tests/test_invoices.py']}
    def test_fails(self) -> None:
        self.assertEqual(total([Decimal(1)]), Decimal(2))
`,
};

/** A file that no test covers. */
const THIN = {
  ...EXAMPLE,
  'app/untested.py': `def steps(count: int) -> int:\n${Array.from({ length: 13 }, (_, index) => `    count += ${index}\n`).join('')}    return count\n`,
};

/** What is seen of each fault first. */
const FAULTS = {
  tests: { path: 'tests/test_invoices.py', message: /test_fails.* failed: AssertionError/ },
  lint: { path: 'app/report.py', line: 1, message: /^I001/ },
  format: { message: /would be reformatted/ },
  types: { path: 'app/report.py', line: 4, message: /missing a type annotation/ },
  'dead-code': { path: 'app/report.py', line: 1, message: /unused import 'os'/ },
  security: { path: 'app/report.py', line: 5, danger: 'high', message: /^B602: .*shell=True/ },
} as const;

let profile: Profile;
let benches: Readonly<Record<'good' | 'bad' | 'thin', PythonBench>>;

beforeAll(async () => {
  await requireBubblewrap();
  const { profiles } = await readCatalog({ directory: '.' });
  profile = profiles.find(({ name }) => name === 'python') ?? expect.fail('there is no profile for Python');
  benches = {
    good: await openPythonBench(EXAMPLE, 'good'),
    bad: await openPythonBench(BAD, 'bad'),
    thin: await openPythonBench(THIN, 'good'),
  };
});
afterAll(() => Promise.all(Object.values(benches).map((bench) => bench.close())));

function readExample(): Readonly<Record<string, string>> {
  const root = join(EXAMPLES, 'invoices');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(?:py|toml|txt)$/.test(entry.name),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}

/** The example, which nobody has changed; commands are run on what a state says. */
function evidenceOn(state: keyof typeof benches, files = EXAMPLE): Evidence {
  const same = Object.entries(files).map(([path, text]) => [path, { base: text, head: text }] as const);
  return { ...evidenceOf({ profile, files: Object.fromEntries(same) }), ...benches[state] };
}

function judge(evidence: Evidence, check: string, minLines?: number) {
  return gate.judge(evidence, gate.options.parse({ check, required: true, minLines }));
}

describe.skipIf(!hasPythonTools())('examples/invoices, with the tools of this machine', () => {
  test.each(Object.entries(FAULTS))('%s passes it, and names the fault of a change', async (check, fault) => {
    expect(await judge(evidenceOn('good'), check)).toMatchObject({ kind: 'pass' });
    const { message, ...place } = fault;
    const verdict = await judge(evidenceOn('bad'), check);
    expect(verdict).toMatchObject({ kind: 'fail' });
    expect(verdict.kind === 'fail' ? verdict.findings[0] : null).toMatchObject({
      ...place,
      message: expect.stringMatching(message),
    });
  });

  test('the worst that a scan has found comes first', async () => {
    const verdict = await judge(evidenceOn('bad'), 'security');
    const dangers = verdict.kind === 'fail' ? verdict.findings.map(({ danger }) => danger) : [];
    expect(dangers).toEqual(['high', 'medium', 'low']);
  });

  test('tests can be collected, by pytest and by what comes with Python', async () => {
    expect(await judge(evidenceOn('good'), 'collect')).toMatchObject({
      kind: 'pass',
      evidence: expect.stringContaining('5 tests collected'),
    });
    const { 'requirements-dev.txt': _, ...files } = EXAMPLE;
    expect(await judge(evidenceOn('good', files), 'collect')).toMatchObject({
      kind: 'pass',
      evidence: expect.stringContaining('5 tests'),
    });
    expect(await judge(evidenceOn('bad', files), 'tests')).toMatchObject({
      kind: 'fail',
      summary: expect.stringContaining('exit code 1'),
    });
  });

  test('coverage keeps to the threshold', async () => {
    expect(await judge(evidenceOn('good'), 'coverage', 85)).toMatchObject({
      kind: 'pass',
      summary: expect.stringContaining('98.3 % of the lines are covered'),
    });
    expect(await judge(evidenceOn('thin'), 'coverage', 85)).toMatchObject({
      kind: 'fail',
      summary: expect.stringMatching(/7\d\.\d % of the lines are covered; 85 % are asked for\./),
    });
  });

  test('its benchmark prints the figure of the latency target', async () => {
    expect(await benches.good.run('python3 bench.py', { timeoutMs: 20_000 })).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^p99: \d+\.\d{3} ms$/m),
    });
  });

  test.each(['lint', 'format', 'audit'])(
    '%s says at once how to get its program, which is not there',
    async (check) => {
      const none = await openPythonBench(EXAMPLE, 'none');
      const { run } = none;
      expect(await judge({ ...evidenceOn('good'), run }, check)).toMatchObject({
        kind: 'broke',
        remedy: expect.stringMatching(/^Add `[\w-]+` to requirements-dev.txt \(`pip install [\w-]+`\)\.$/),
        permanent: true,
      });
      await none.close();
    },
  );
});

test('what is recorded is of the commands that the profile has', () => {
  const commands = Object.values(profile.checks).map((check) => ('command' in check ? check.command : ''));
  for (const { command } of RECORDED_TOOLS) {
    expect(commands).toContain(command);
  }
});
