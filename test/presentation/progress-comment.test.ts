import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/domain/run.ts';
import { progressComment } from '../../src/presentation/progress-comment.ts';
import { anOrder } from '../support/orders.ts';
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
    ['succeeded', aSucceededRun()],
    ['cancelled', aCancelledRun()],
    ['refused', aRefusedRun()],
    ['withdrawn', aWithdrawnRun()],
    ['no-sandbox', aRunningRun(anOrder({ sandbox: 'none' }))],
  ])('shows a run: %s', async (name, run) => {
    await expect(`${body(run)}\n`).toMatchFileSnapshot(`golden/progress-${name}.txt`);
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
