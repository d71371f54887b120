import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/read-catalog.ts';
import { configureSteps } from '../../src/domain/configure-steps.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { repositorySettingsSchema } from '../../src/domain/repository-settings.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { requireBubblewrap } from '../sandbox/support/host.ts';
import { aRecord } from '../support/decision-record.ts';
import { evidenceOf, type FileChange } from '../support/evidence.ts';
import { EXAMPLES } from '../support/examples.ts';
import { openPythonBench, type PythonBench } from '../support/python-bench.ts';
import { hasPythonTools } from '../support/require-programs.ts';

/** What the repository says of itself: the stack of the delivery pipeline's own example, as far as it goes here. */
const SETTINGS = repositorySettingsSchema.parse({
  delivery: { environmentSecrets: 'forbid', stack: { languages: { python: '3.11' }, forbidden: ['flask'] } },
});
const CRITERIA = [
  { id: 'AC1', text: 'a discount lowers the total' },
  { id: 'AC2', text: 'a discount above 100 percent is refused' },
];

const PLAN = 'docs/plan/ISSUE-7.md';
const CODE = 'app/discounts.py';
const TESTS = 'tests/test_discounts.py';
const ADR = 'docs/adr/ADR-1-discounts.md';

/** What agents have written for the ticket when all goes well. */
const DELIVERED: Readonly<Record<string, string>> = {
  [PLAN]: `# Discounts

## Configuration and code
- Code: the limits of a discount are the same everywhere.

## Public interfaces
- \`discounted(amount, percent)\`: the amount that is left

## Files
- \`${CODE}\`: the discount
- \`${TESTS}\`: its tests

## Assets
- Money

## Threats
| asset | threat | answer |
|---|---|---|
| money | a discount above 100 percent pays the customer | it is refused |

## New dependencies
None.
`,
  [CODE]: `"""Lowers what an invoice comes to."""

from decimal import Decimal

from app.telemetry import logger, traced


@traced("discounted")
def discounted(amount: Decimal, percent: int) -> Decimal:
    """What is left of an amount."""
    if not 0 <= percent <= 100:
        raise ValueError(f"a discount is 0 to 100 percent, not {percent}")
    logger.info("invoice.discounted")
    return amount * (100 - percent) / 100
`,
  [TESTS]: `import unittest
from decimal import Decimal

from app.discounts import discounted


class DiscountedTest(unittest.TestCase):
    def test_ac1_lowers_the_total(self) -> None:
        self.assertEqual(discounted(Decimal(10), 25), Decimal("7.5"))

    def test_ac2_policy_more_than_all_is_refused(self) -> None:
        with self.assertRaises(ValueError):
            discounted(Decimal(10), 101)
`,
  [ADR]: aRecord(),
};

const EXAMPLE = readExample();
const { workflows, profiles, gates } = await readCatalog({ directory: '.' });

function readExample(): Readonly<Record<string, string>> {
  const root = join(EXAMPLES, 'invoices');
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(?:py|toml|txt)$/.test(entry.name),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.map((path) => [path.slice(root.length + 1), readFileSync(path, 'utf8')]));
}

let bench: PythonBench;
beforeAll(async () => {
  await requireBubblewrap();
  bench = await openPythonBench({ ...EXAMPLE, ...DELIVERED }, 'good');
});
afterAll(() => bench.close());

/**
 * The example at the base, with what was delivered; `changes` are laid over that for the gates that read. The tools are
 * run on what was delivered.
 */
function toEvidence(changes: Readonly<Record<string, string>>): Evidence {
  const heads = { ...EXAMPLE, ...DELIVERED, ...changes };
  const files = Object.entries(heads).map(([path, head]): [string, FileChange] => {
    const base = EXAMPLE[path];
    return [path, base === undefined ? { head } : { base, head }];
  });
  const profile = profiles.find(({ name }) => name === 'python') ?? null;
  const evidence = evidenceOf({ profile, files: Object.fromEntries(files), criteria: CRITERIA });
  return {
    ...evidence,
    ...bench,
    changedFiles: async () =>
      (await evidence.changedFiles()).filter(({ path }) => heads[path] !== EXAMPLE[path]),
  };
}

/** The verdict of each gate of the pipeline, by the step and the name of its check run. */
async function judgeAll(changes: Readonly<Record<string, string>> = {}) {
  const workflow = workflows.get('delivery') ?? expect.fail('there is no workflow delivery');
  const { workflow: set } = configureSteps({ workflow, roles: {} }, SETTINGS);
  const evidence = toEvidence(changes);
  const verdicts = new Map<string, Verdict>();
  for (const step of set.steps.filter(({ kind }) => kind === 'gates')) {
    const { gates: uses } = Object(step.with);
    for (const { gate: name, name: shown = name, with: given = {} } of uses) {
      const gate = gates.get(name) ?? expect.fail(`there is no gate ${name}`);
      verdicts.set(`${step.id}: ${shown}`, await gate.judge(evidence, gate.options.parse(given)));
    }
  }
  return verdicts;
}

function withKind(verdicts: ReadonlyMap<string, Verdict>, kind: Verdict['kind']): readonly string[] {
  return [...verdicts].flatMap(([name, verdict]) => (verdict.kind === kind ? [name] : []));
}

describe.skipIf(!hasPythonTools())('examples/invoices, delivered', () => {
  test('passes every gate of the pipeline', async () => {
    const verdicts = await judgeAll();
    expect([...verdicts].filter(([, { kind }]) => kind !== 'pass' && kind !== 'skip')).toEqual([]);
    expect(withKind(verdicts, 'skip')).toEqual(['test-definition-gates: integration-tests']);
    expect(withKind(verdicts, 'pass').length).toBeGreaterThan(40);
  });

  test.each([
    ['plan', PLAN, '| money |', '| orders |', /"Money" has no row/],
    [
      'files-planned',
      PLAN,
      `- \`${TESTS}\``,
      '- `app/refunds.py`: refunds\n- `tests/`',
      /app\/refunds.py is planned/,
    ],
    ['criteria-covered', TESTS, 'test_ac1_', 'test_', /^AC1 has no test: a discount lowers the total/],
    [
      'dependencies-justified',
      'requirements-dev.txt',
      '',
      'hypothesis\n',
      /^hypothesis is new and not justified/,
    ],
    [
      'log-privacy',
      CODE,
      '"invoice.discounted"',
      '"invoice.discounted for %s", customer.email',
      /This logs email/,
    ],
    [
      'raw-secrets',
      CODE,
      'return amount',
      'key = os.environ["PRICES_API_KEY"]\n    return amount',
      /PRICES_API_KEY is a secret/,
    ],
    ['stack', 'pyproject.toml', '>=3.11,<3.12', '>=3.13', /this repository is built with 3.11/],
    ['telemetry', CODE, '@traced("discounted")\n', '', /`discounted\(amount, percent\)` has no span/],
    [
      'telemetry',
      CODE,
      'logger.info("invoice.discounted")',
      'logger.info("invoice d\u00e9duite")',
      /plain ASCII/,
    ],
    ['adr', ADR, '## Upgrade path', '## Afterwards', /no section `## Upgrade path`/],
    ['no-placeholders', CODE, 'return amount', 'raise NotImplementedError\n    return amount', /Do this now/],
    [
      'tests-kept',
      TESTS,
      '    def test_ac1',
      '    @unittest.skip("later")\n    def test_of_nothing(self) -> None:\n        self.fail()\n\n    def test_ac1',
      /Every test must run/,
    ],
  ])('%s names a fault in %s', async (gate, path, before, after, message) => {
    const text = { ...EXAMPLE, ...DELIVERED }[path] ?? '';
    expect(text).toContain(before);
    const verdicts = await judgeAll({ [path]: before === '' ? text + after : text.replace(before, after) });
    const failed = withKind(verdicts, 'fail');
    expect([...new Set(failed.map((name) => name.replace(/^.*: /, '')))]).toEqual([gate]);
    const verdict = verdicts.get(failed[0] ?? '');
    const messages = verdict?.kind === 'fail' ? verdict.findings.map((finding) => finding.message) : [];
    expect(messages).toEqual([expect.stringMatching(message)]);
  });
});
