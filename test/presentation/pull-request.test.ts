import { describe, expect, it } from 'vitest';
import { isBegun } from '../../src/domain/run.ts';
import { pullRequest } from '../../src/presentation/pull-request.ts';
import { anOrder, aWorkflow, sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  failing,
  judged,
  leaking,
  proposed,
  reviewed,
  triaged,
} from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';
import { anEscalatedRun, aSucceededRun } from '../support/runs.ts';

const upToReview = [triaged, designed, asked, approved(), built(sha('b'))];

function begun(run: ReturnType<typeof runAfter>) {
  if (!isBegun(run)) {
    throw new Error('the run has not begun');
  }
  return run;
}

function bodyOf(run: ReturnType<typeof begun>): string {
  const surface = pullRequest(run);
  return surface.kind === 'pull-request' ? surface.body : '';
}

describe('src/presentation/pull-request', () => {
  it('says who let rejected work go on, and what was found', () => {
    const run = anEscalatedRun();
    const accepted = happen(run, { kind: 'choose', option: 2, head: run.head }).run;
    expect(bodyOf(begun(accepted))).toMatch(
      /## Rejected, and accepted by a person\n\nReview: The limit is not checked for text\. `grace` let it go on as it is\.\n\n- \*\*error\*\* `src\/api\.ts:20`/,
    );
    expect(bodyOf(begun(run))).not.toContain('accepted by a person');
  });

  it('says what was asked, what was done, and what it rests on', async () => {
    const surface = pullRequest(begun(aSucceededRun()));
    expect(surface).toMatchObject({
      key: 'pull-request',
      head: 'baton/42-cap-the-page-size',
      base: 'main',
      title: 'Cap the page size of the order list',
    });
    await expect(`${surface.kind === 'pull-request' ? surface.body : ''}\n`).toMatchFileSnapshot(
      'golden/pull-request.txt',
    );
  });

  it('tells what every attempt has added, each once, because the last one only mends', () => {
    const attempts = ['Orders come in pages.', 'More than 100 are refused.', 'More than 100 are refused.'];
    const outcomes = attempts.flatMap((summary, index) => [
      { ...built(sha(String(index + 1))), summary },
      ...(index < 2 ? [failing] : [judged]),
    ]);
    const body = bodyOf(begun(runAfter([triaged, designed, asked, approved(), ...outcomes])));
    expect(body).toContain(
      [
        '## What was done',
        '',
        '- Implementation: Orders come in pages.',
        '- Implementation, attempt 2: More than 100 are refused.',
        '',
        '## Gates',
      ].join('\n'),
    );
  });

  it('has each gate once, by its newest verdict, and says which commit an earlier one was about', () => {
    const run = begun(aSucceededRun());
    const gates = run.history.find(({ step }) => step === 'gates') ?? expect.fail('no gate has judged');
    const earlier = {
      ...gates,
      head: sha('7'),
      outcome: {
        ...gates.outcome,
        verdicts: ['plan', 'lint'].map((gate) => ({
          gate,
          verdict: { kind: 'pass', summary: `${gate} of before` } as const,
          durationMs: 1,
        })),
      },
    };
    const body = bodyOf({ ...run, history: [earlier, ...run.history] });
    expect(body.split('\n').filter((line) => /^\| (?:plan|tests|lint) \|/.test(line))).toEqual([
      '| plan | ✅ passed, at `7777777` | plan of before |',
      '| tests | ✅ passed | 14 tests passed |',
      '| lint | ✅ passed | no findings |',
    ]);
  });

  it('begins no list with the number of a step', () => {
    const run = begun(aSucceededRun());
    const { workflow } = run.definition;
    const steps = workflow.steps.map((step, index) => ({ ...step, title: `${index + 1}. ${step.title}` }));
    const body = bodyOf({ ...run, definition: { ...run.definition, workflow: { ...workflow, steps } } });
    expect(body).toMatch(/^- 4\\\. Implementation: /m);
    expect(body).not.toMatch(/^(?:- )?\d+\. /m);
    expect(body).toContain('<summary>');
  });

  it('is the same before and after its own step, so that it is written once', () => {
    const before = begun(runAfter([...upToReview, judged, reviewed]));
    const after = begun(happen(before, proposed).run);
    expect(pullRequest(after)).toEqual(pullRequest(before));
  });

  it('shows what was measured before and after', () => {
    const figures = [
      { name: 'list | orders', unit: 'ms', base: 812.3, head: 12 },
      { name: 'save', unit: 'ms', base: null, head: 3 },
    ];
    const verdict = { kind: 'pass', summary: 'faster', figures } as const;
    const measured = { ...judged, verdicts: [{ gate: 'benchmark', verdict, durationMs: 1 }] };
    const body = bodyOf(begun(runAfter([...upToReview, measured, reviewed])));
    expect(body).toContain('## Measured before and after\n\nBy benchmark, at `bbbbbbb`:\n\n| Figure |');
    expect(body).toContain(String.raw`| list \| orders | 812 ms | 12 ms | 67.7 times better |`);
    expect(body).toContain('| save | – | 3 ms | new |');
  });

  it('shows open, and not twice, what somebody has to act on', () => {
    const workflow = aWorkflow();
    const steps = workflow.steps.map((step) =>
      step.id === 'architecture' ? { ...step, with: { ...step.with, show: 'open' } } : step,
    );
    const query = '```sql\nselect count(*) from waits;\n```';
    const long = { ...designed, details: `Watch this:\n\n${query}\n${'x\n'.repeat(20_000)}` };
    const definition = { workflow: { ...workflow, steps }, roles: {} };
    const run = begun(
      runAfter([triaged, long, asked, approved(), built(sha('b')), judged], anOrder(), definition),
    );
    const body = bodyOf(run);
    expect(body).toContain(
      '## Architecture\n\n> Watch this:\n>\n> ```sql\n> select count(*) from waits;\n> ```',
    );
    expect(body).not.toContain('Architecture in full');
    expect(body).toContain('cut here');
    expect(Buffer.byteLength(body)).toBeLessThan(30_000);
  });

  it('names who released what a gate held', () => {
    const run = begun(runAfter([...upToReview, leaking, approved(sha('b'))]));
    expect(pullRequest(run)).toMatchObject({
      body: expect.stringContaining('| secrets | ✅ released by `grace` | one possible secret |'),
    });
  });

  it('warns when there was no sandbox', () => {
    const run = begun(runAfter([...upToReview, judged, reviewed], anOrder({ sandbox: 'none' })));
    expect(pullRequest(run)).toMatchObject({ body: expect.stringContaining('**no sandbox**') });
  });

  it.each([
    ['fixes #1 for @octocat', 'fixes issue #1 for @ octocat'],
    ['two\nlines\u202e', 'two lines'],
    ['\u200b', 'Issue 42'],
    ['x'.repeat(300), `${'x'.repeat(199)}…`],
  ])('cleans the title %j', (title, cleaned) => {
    const order = anOrder({ ticket: { ...anOrder().ticket, title } });
    expect(pullRequest(begun(runAfter([...upToReview], order)))).toMatchObject({ title: cleaned });
  });
});
