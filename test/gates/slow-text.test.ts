import { describe, expect, test } from 'vitest';
import type { Gate } from '../../src/domain/gate.ts';
import { gate as integrationTests } from '../../src/gates/integration-tests.ts';
import { gate as logPrivacy } from '../../src/gates/log-privacy.ts';
import { gate as rawSecrets } from '../../src/gates/raw-secrets.ts';
import { gate as stack } from '../../src/gates/stack.ts';
import { gate as telemetry } from '../../src/gates/telemetry.ts';
import { cpuMs } from '../support/cpu-ms.ts';
import { evidenceOf } from '../support/evidence.ts';

const SIZE = 300_000;
const PLAN = 'docs/plan/ISSUE-7.md';

function toAliases(size: number): string {
  const names = Array.from({ length: size / 160 }, (_, index) => `e${index}`);
  const aliases = names.map((name) => `e = ${name}.process; e = process.env; e.${name};`);
  return `${aliases.join('\n')}\n({ ${names.join(', ')} } = { ...${names.join(', ...')} });\n`;
}

// How long it takes depends on the machine; what is not linear takes minutes for these.
describe('src/gates: text that is made to be slow', () => {
  test.each<[string, Gate, string, string, object]>([
    [
      'a manifest of empty lines',
      stack,
      'pyproject.toml',
      '\n'.repeat(SIZE),
      { rules: { languages: { python: '3.13' } } },
    ],
    ['a telemetry file of one word', telemetry, 'src/telemetry.ts', `// ${'timer'.repeat(SIZE / 5)}\n`, {}],
    ['a test of one open text', integrationTests, 'e2e/a.test.ts', `it("${'\\"'.repeat(SIZE / 2)}`, {}],
    [
      'a log statement of many calls',
      logPrivacy,
      'src/a.ts',
      `log.info(${'f(user), '.repeat(SIZE / 9)}1);\n`,
      {},
    ],
    [
      'tests in tests',
      integrationTests,
      'e2e/a.test.ts',
      `${"it('a', () => {\n".repeat(200)}${'1;'.repeat(SIZE / 2)}${'});'.repeat(200)}`,
      {},
    ],
    ['one name for many things', rawSecrets, 'src/a.ts', toAliases(SIZE), {}],
    [
      'a log of many profiles',
      logPrivacy,
      'src/a.ts',
      `log.info(\`${'${profile} '.repeat(SIZE / 11)}\`);\n`,
      {},
    ],
    ['a row of log statements', logPrivacy, 'src/a.ts', 'log.info({ a: b.c });\n'.repeat(SIZE / 22), {}],
  ])('%s is read in time', async (_, gate, path, head, options) => {
    const files = {
      [PLAN]: { head: '## Public interfaces\n\nNone.\n' },
      [path]: { head },
    };
    const started = cpuMs();
    await gate.judge(evidenceOf({ files }), gate.options.parse(options));
    expect(cpuMs() - started).toBeLessThan(15_000);
  });
});
