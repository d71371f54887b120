import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain/run.ts';
import { feedbackSection } from '../../src/presentation/feedback-section.ts';
import { progressComment } from '../../src/presentation/progress-comment.ts';
import { anOrder, aWorkflow, sha } from '../support/orders.ts';
import { approved, asked, designed, triaged } from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';
import {
  aCancelledRun,
  aHeldRun,
  anEscalatedRun,
  aQueuedRun,
  aRefusedRun,
  aRepeatingRun,
  aRunningRun,
  aSecurityHeldRun,
  aSucceededRun,
  aWithdrawnRun,
} from '../support/runs.ts';

const refused = { kind: 'reject', givenAt: '2026-03-02T09:58:00.000Z', reason: 'Too big.' } as const;

function body(run: Run): string {
  const surface = progressComment(run);
  if (surface.kind !== 'comment') {
    throw new Error(`expected a comment, got a ${surface.kind}`);
  }
  return surface.body;
}

describe('src/presentation/progress-comment', () => {
  it.each([
    ['queued', aQueuedRun()],
    ['running', aRunningRun()],
    ['repeating', aRepeatingRun()],
    ['approval', aHeldRun()],
    ['security', aSecurityHeldRun()],
    ['escalation', anEscalatedRun()],
    ['accepted', happen(anEscalatedRun(), { kind: 'choose', option: 2, head: sha('d') }).run],
    ['paused', happen(aRunningRun(), { kind: 'pause', reason: 'The release comes first.' }).run],
    [
      'rolled-back',
      happen(anEscalatedRun(), { kind: 'rollback', step: 'design-approval', guidance: 'Answer 400.' }).run,
    ],
    ['succeeded', aSucceededRun()],
    ['cancelled', aCancelledRun()],
    ['refused', aRefusedRun()],
    ['withdrawn', aWithdrawnRun()],
    ['no-sandbox', aRunningRun(anOrder({ sandbox: 'none' }))],
  ])('shows a run: %s', async (name, run) => {
    await expect(`${body(run)}\n`).toMatchFileSnapshot(`golden/progress-${name}.txt`);
  });

  it('tells a run that has failed from one that was cancelled', () => {
    const { state: _, by: __, ...cancelled } = aCancelledRun();
    const failed = { ...cancelled, state: 'failed', reason: 'The branch is gone.' } as const;
    expect(body(failed)).toContain('### ❌ Baton could not finish');
    expect(body(failed)).toContain('**Why:** The branch is gone.');
  });

  it('gives no reason where there is none', () => {
    expect(body({ ...aCancelledRun(), reason: '' })).not.toContain('**Why:**');
    expect(body({ ...aCancelledRun(), history: [] })).toContain('not reached');
  });

  it('says what became of every step', () => {
    const rejected = runAfter([triaged, designed, asked, refused]);
    expect(body(rejected)).toContain('| Architecture |  | ⏳ running, attempt 2 | As `grace` decided |');
    expect(body(rejected)).toContain('| Design approval |  | ↩️ rejected | Rejected by `grace`: Too big. |');
    expect(body(rejected)).toContain('What grace decided about Architecture');

    const broken = runAfter([
      triaged,
      { kind: 'broke', summary: 'no answer', remedy: 'Wait.', retriable: false },
    ]);
    expect(body(broken)).toContain('| Architecture |  | ✋ waiting | Could not be done: no answer |');
    expect(body(broken)).toContain('**Recommendation:** Wait.');
    const cancelled = happen(broken, { kind: 'cancel', reason: '' }).run;
    expect(body(cancelled)).toContain('| Architecture |  | ⚠️ broke | Could not be done: no answer |');

    const moved = happen(aSecurityHeldRun(), approved(sha('e'))).run;
    expect(body(moved)).toContain('| Gates |  | ⏳ running, attempt 2 | Voided: the branch moved');
  });

  it('says that a rejection without a way back stops the run, and an approval at the end finishes it', () => {
    const [step] = aWorkflow().steps.filter(({ kind }) => kind === 'approval');
    const { onReject: _, ...last } = step ?? aWorkflow().steps[0]!;
    const workflow = aWorkflow({ steps: [...aWorkflow().steps.slice(0, 2), last] });
    const run = runAfter([triaged, designed, asked], anOrder(), { workflow, roles: {} });
    expect(body(run)).toContain('Finishes the run.');
    expect(body(run)).toContain('Stops here and asks how to go on.');
    expect(body(happen(run, approved()).run)).toContain('### ✅ Baton is done\n');
  });

  it('leaves the feedback out when there is no room for it', () => {
    expect(feedbackSection(aRepeatingRun(), 100)).toBe('');
    expect(feedbackSection(aRepeatingRun(), 10_000)).toContain('<summary>Why Implementation');
  });

  it('has one key in every state, so that it stays one comment', () => {
    for (const run of [aQueuedRun(), aRunningRun(), aHeldRun(), aSucceededRun(), aRefusedRun()]) {
      expect(progressComment(run)).toMatchObject({ kind: 'comment', key: 'progress' });
    }
  });

  it('says for a held run what for, who can answer, and with which words', () => {
    const run = aHeldRun();
    const digest = run.hold.kind === 'approval' ? run.hold.digest : '';
    expect(body(run)).toContain('waits for an approval');
    expect(body(run)).toContain('**write access**');
    expect(body(run)).toContain(`/baton approve ${digest}`);
  });

  it('does not name the requester as somebody who may release a security hold', () => {
    expect(body(aSecurityHeldRun())).toContain('**write access** other than `ada`');
  });
});
