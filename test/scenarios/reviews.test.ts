import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding, replacing } from '../support/patches.ts';
import { type Calls, holding } from '../support/recordings.ts';
import { approving, approvingWith, goodAgents, rejecting, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([SMALL, SMALL, SMALL, SMALL]);
});
afterAll(() => scene.stop());

/** Rests one answer on a line that is not there. */
const FALSE_REFERENCE = approvingWith({
  answers: { 'errors-handled': { answer: 'yes', evidence: ['src/sum.ts:99'] } },
});
const TRIGGERED = approvingWith({
  triggers: {
    'untested-core-logic': { present: true, evidence: ['src/sum.ts:1'], note: 'No test adds anything up.' },
  },
});

/** Starts a run and approves its design. */
async function openBuilding(calls: Calls): Promise<Ticket> {
  await scene.play(calls);
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
  return ticket;
}

async function reviewOf(ticket: Ticket, ref: string) {
  const checks = (await ticket.checks(ref)).filter(({ name }) => name === 'baton / review');
  return checks.map(({ conclusion, output }) => ({ conclusion, text: output.summary ?? '' })).at(0);
}

describe('scenarios/reviews', () => {
  it('an approval with a false reference goes back to the reviewer, not to the implementer', async () => {
    const ticket = await openBuilding(goodAgents({ 'review.1': FALSE_REFERENCE, 'review.2': approving }));
    const again = await ticket.run({ decision: 'repeat', step: 'review', attempt: 2 });
    expect(again.last).toMatchObject({ step: 'review', outcome: 'broke' });
    expect(again.last?.summary).toContain('errors-handled: src/sum.ts:99: the file ends after line 1');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    expect(pull?.body).toContain('Checklist: must 5 of 5, should 4 of 4, triggers 0 of 4');
    expect(await reviewOf(ticket, pull?.head.sha ?? '')).toMatchObject({
      conclusion: 'success',
      text: expect.stringContaining('| `errors-handled` | ✅ yes | `README.md:1` |'),
    });
  });

  it('a reviewer that never shows anything is no approval: a person is asked', async () => {
    const ticket = await openBuilding(
      goodAgents({ 'review.1': FALSE_REFERENCE, 'review.2': FALSE_REFERENCE, 'review.3': FALSE_REFERENCE }),
    );
    await ticket.run({ state: 'held', step: 'review', outcome: 'broke' });
    expect((await ticket.progress())[0]).toMatch(/Review could not be done[\s\S]*errors-handled/);
    const [branch] = await ticket.branches();
    expect(await reviewOf(ticket, branch?.commit.sha ?? '')).toMatchObject({
      conclusion: 'action_required',
      text: expect.stringContaining(
        '| `errors-handled` | ⚠️ not shown | src/sum.ts:99: the file ends after line 1 |',
      ),
    });
    expect(await ticket.pulls()).toEqual([]);
  });

  it('a trigger rejects although the verdict says approve', async () => {
    const mended = work('With a test.', adding('test/sum.test.ts', 'export const tested = 2;\n'));
    const ticket = await openBuilding(
      goodAgents({ 'review.1': TRIGGERED, 'implementation.2': holding(mended), 'review.2': approving }),
    );
    const back = await ticket.run({ decision: 'return', step: 'implementation', attempt: 2 });
    expect(back.last).toMatchObject({ step: 'review', outcome: 'rejected' });
    const [branch] = await ticket.branches();
    expect(await reviewOf(ticket, branch?.commit.sha ?? '')).toMatchObject({
      conclusion: 'failure',
      text: expect.stringMatching(/contradicted by its own checklist[\s\S]*No test adds anything up/),
    });
    await scene.release();
    await ticket.run({ state: 'succeeded' });
  });

  it('a rejection with false evidence is a rejection all the same', async () => {
    const { report } = rejecting('The sum is 3.');
    const unshown = { ...Object(report), checklist: Object(FALSE_REFERENCE.report).checklist };
    const patch = replacing('src/sum.ts', 'export const sum = 2;\n', 'export const sum = 3;\n');
    const ticket = await openBuilding(
      goodAgents({
        'review.1': { report: unshown },
        'implementation.2': work('The sum is 3.', patch),
        'review.2': approving,
      }),
    );
    const back = await ticket.run({ decision: 'return', step: 'implementation', attempt: 2 });
    expect(back.last).toMatchObject({ step: 'review', outcome: 'rejected' });
    await ticket.run({ state: 'succeeded' });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
