import { describe, expect, test } from 'vitest';
import { gate } from '../../src/gates/plan.ts';
import { evidenceOf } from '../support/evidence.ts';

const PATH = 'docs/plan/ISSUE-7.md';

const GOOD = [
  '# Sums',
  '## Configuration and code',
  '| what | where | why |\n|---|---|---|\n| most numbers | configuration | differs between places |',
  '## Public interfaces',
  '- `sum(numbers)`: their sum\n  - throws `RangeError`',
  '## Threats',
  '### Assets',
  '- Order data: what customers bought\n- **The logs**',
  '| asset | threat | answer |\n|---|---|---|\n| order data | too many numbers | a limit |\n| logs, metrics | names in logs | none is logged |\n',
].join('\n\n');

function judge(plan: string | undefined, options = {}) {
  const files = { 'src/a.ts': { head: 'a' }, ...(plan === undefined ? {} : { [PATH]: { head: plan } }) };
  return gate.judge(evidenceOf({ files }), gate.options.parse(options));
}

async function messages(plan: string): Promise<readonly string[]> {
  const verdict = await judge(plan);
  return verdict.kind === 'fail'
    ? verdict.findings.map(({ path, line, message }) => `${path}:${line}: ${message}`)
    : [verdict.kind];
}

describe('src/gates/plan.ts', () => {
  test('passes a plan that has all, and says how much', async () => {
    expect(await judge(GOOD)).toEqual({
      kind: 'pass',
      summary: 'The plan has 1 decision, 1 public interface, and 2 threats to 2 assets.',
    });
  });

  test('says where the plan belongs when it is not there', async () => {
    expect(await judge(undefined)).toMatchObject({
      kind: 'fail',
      findings: [{ message: `Write the plan of this ticket as ${PATH}.` }],
    });
    expect(await judge(GOOD, { path: 'plans/{ticket}.md' })).toMatchObject({
      findings: [{ message: 'Write the plan of this ticket as plans/ISSUE-7.md.' }],
    });
  });

  test('names all that is missing at once', async () => {
    expect(await messages('# Sums\n')).toEqual([
      expect.stringContaining(`${PATH}:1: There is no section \`## Configuration and code\`.`),
      expect.stringContaining(`${PATH}:1: There is no section \`## Public interfaces\`.`),
      expect.stringContaining('No asset is named. Under `## Assets`'),
      expect.stringContaining('There is no section `## Threats`.'),
    ]);
  });

  test('names the asset without a threat, and the row without one', async () => {
    expect(await messages(GOOD.replace('| order data | too', '| money | too'))).toEqual([
      expect.stringMatching(/:18: The asset "Order data" has no row under `## Threats`. Write one: /),
    ]);
    expect(await messages(GOOD.replace('| too many numbers | a limit |', '| - | |'))).toEqual([
      `${PATH}:23: The row of "order data" names no threat. Say what could happen.`,
    ]);
  });

  test.each([
    ['n/a', 'n/a', 'names no threat'],
    ['none', '', 'names no threat'],
    ['TBD', 'to do', 'names no threat'],
    ['too many numbers', '', 'says nothing of what is done about'],
    ['too many numbers', 'TBD', 'says nothing of what is done about'],
  ])('does not take a row of "%s" and "%s" for a threat with its answer', async (threat, answer, fault) => {
    const plan = GOOD.replace('| too many numbers | a limit |', `| ${threat} | ${answer} |`);
    expect(await messages(plan)).toEqual([
      expect.stringMatching(new RegExp(`:23: The row of "order data" ${fault}`)),
    ]);
  });

  test('takes a threat that is accepted, and one in a list', async () => {
    expect(await messages(GOOD.replace('| a limit |', '| none: there are never many |'))).toEqual(['pass']);
    const list = GOOD.replace('## Threats\n\n### Assets', '## Assets').replace(
      /\| asset[^]*/,
      '## Threats\n\n- Order data: read by others - asked for its owner\n- The logs: none\n',
    );
    expect(await messages(list)).toEqual([expect.stringContaining('The row of "The logs" names no threat')]);
  });

  test('does not take what is still to be decided for a decision', async () => {
    expect(await messages(GOOD.replace('| most numbers |', '| TBD |'))).toEqual([
      expect.stringContaining('The section `## Configuration and code` lists nothing'),
    ]);
    expect(await messages(GOOD.replace(/- `sum.*\n.*RangeError`/, '- TODO'))).toEqual([
      expect.stringContaining('The section `## Public interfaces` lists nothing'),
    ]);
  });

  test.each([
    ['prose with the name in a code span', 'Others call `sum(numbers)` for that.'],
    ['a block of code', '```ts\nsum(numbers: number[]): number\n```'],
    ['headings', '### `sum(numbers)`\n\nAdds up.'],
    ['none, and why', 'None: only a document changes.'],
    ['none in a list', '- No new interface'],
  ])('takes interfaces as %s', async (_, text) => {
    expect(await messages(GOOD.replace(/- `sum.*\n.*RangeError`/, text))).toEqual(['pass']);
  });

  test('asks for what an empty section should list', async () => {
    expect(await messages(GOOD.replace(/- `sum.*\n.*RangeError`/, 'As usual.'))).toEqual([
      expect.stringMatching(/:9: The section `## Public interfaces` lists nothing/),
    ]);
  });

  test('keeps it short', async () => {
    expect(await judge(GOOD, { maxLines: 10 })).toMatchObject({
      findings: [{ message: expect.stringContaining('Shorten it to 10') }],
    });
  });
});
