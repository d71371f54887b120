import { describe, expect, it } from 'vitest';
import { isBegun } from '../../src/domain/run.ts';
import { pullRequest } from '../../src/presentation/pull-request.ts';
import { anOrder, aWorkflow, sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
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
