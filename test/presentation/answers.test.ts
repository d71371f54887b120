import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/registry.gen.ts';
import type { Answer } from '../../src/domain/answer.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { acknowledge, answerIntent } from '../../src/presentation/answers/answer-intent.ts';
import { answerSteering } from '../../src/presentation/answers/answer-steering.ts';
import { FILED, UNFILED } from '../support/debts.ts';
import { anOrder, REQUESTER, sha } from '../support/orders.ts';
import { approved } from '../support/outcomes.ts';
import { happen } from '../support/run-after.ts';
import {
  aHeldRun,
  aQueuedRun,
  aRunningRun,
  aSecurityHeldRun,
  aSucceededRun,
  aWithdrawnRun,
} from '../support/runs.ts';

function anIntent(changes: Partial<Intent> = {}): Intent {
  const { subject, ticket } = anOrder();
  return {
    key: 'comment:901:555:0',
    ask: { kind: 'start', workflow: 'feature' },
    subject,
    actor: REQUESTER,
    requires: 'write',
    source: { kind: 'comment', commentId: 555, ordinal: 0 },
    at: '2026-03-02T09:00:00.000Z',
    ticket,
    ...changes,
  };
}

const confused = { kind: 'reaction', key: 'reaction:refused', commentId: 555, content: 'confused' };
const refused: Answer = { kind: 'refused', held: 'read', required: 'write' };
const label = { kind: 'label', label: 'baton' } as const;

function words(intent: Intent, answer: Answer): string {
  const comment = answerIntent(intent, answer, commands).find(({ kind }) => kind === 'comment');
  return comment?.kind === 'comment' ? comment.body : '';
}

describe('src/presentation/answers/answer-intent', () => {
  it.each<[string, Intent, Answer]>([
    ['refused', anIntent(), refused],
    ['refused-label', anIntent({ ask: { kind: 'start', workflow: null }, source: label }), refused],
    [
      'refused-program',
      anIntent({ ask: { kind: 'start', workflow: 'research' }, source: { ...label, byProgram: true } }),
      refused,
    ],
    ['unsure', anIntent(), { kind: 'unsure', why: 'connect ECONNREFUSED 10.0.0.1' }],
    ['refused-admin', anIntent({ requires: 'admin' }), refused],
    ['closed', anIntent({ ask: { kind: 'start', workflow: null } }), { kind: 'closed' }],
    ['status-queued', anIntent(), { kind: 'status', run: aQueuedRun() }],
    ['unsure-misspelt', anIntent({ ask: { kind: 'misspelt', problem: 'x' } }), { kind: 'unsure', why: 'x' }],
    [
      'nothing-to-steer',
      anIntent({ ask: { kind: 'approve', digest: null } }),
      { kind: 'nothing-to-steer', last: null },
    ],
    [
      'nothing-to-steer-any-more',
      anIntent({ ask: { kind: 'rollback', step: 'implementation', guidance: '' } }),
      { kind: 'nothing-to-steer', last: aSucceededRun() },
    ],
    [
      'misspelt',
      anIntent({ ask: { kind: 'misspelt', problem: 'x' }, requires: 'triage' }),
      { kind: 'misspelt', problem: '`/baton aprove` is not a command. Did you mean `/baton approve`?' },
    ],
    [
      'unreadable',
      anIntent({ ask: { kind: 'status' } }),
      { kind: 'unreadable', ids: ['run-1f2e', 'run-3d4c'] },
    ],
    [
      'ignored',
      anIntent({ source: label }),
      { kind: 'ignored', why: 'The label @org/all is no longer there.' },
    ],
    ['help', anIntent(), { kind: 'help', topic: null }],
    ['help-approve', anIntent(), { kind: 'help', topic: 'approve' }],
    ['help-unknown', anIntent(), { kind: 'help', topic: 'merge' }],
    ['status-none', anIntent(), { kind: 'status', run: null }],
    ['status-held', anIntent(), { kind: 'status', run: aHeldRun() }],
    ['debt-none', anIntent(), { kind: 'debt', runId: null, filed: [], unfiled: [] }],
    ['debt-empty', anIntent(), { kind: 'debt', runId: 'run-1', filed: [], unfiled: [] }],
    ['debt', anIntent(), { kind: 'debt', runId: 'run-1', filed: FILED, unfiled: UNFILED }],
  ])('says %s', async (name, intent, answer) => {
    await expect(`${words(intent, answer)}\n`).toMatchFileSnapshot(`golden/answer-${name}.txt`);
  });

  it('reacts to what it has seen, done and refused, where it was asked', () => {
    expect(acknowledge(anIntent())).toEqual([
      { kind: 'reaction', key: 'reaction:seen', commentId: 555, content: 'eyes' },
    ]);
    expect(acknowledge(anIntent({ source: label }))).toEqual([
      { kind: 'reaction', key: 'reaction:seen', content: 'eyes' },
    ]);
    expect(acknowledge(anIntent({ source: { kind: 'button', checkRunId: 9 } }))).toEqual([]);
    expect(answerIntent(anIntent(), { kind: 'accepted' }, commands)).toEqual([
      { kind: 'reaction', key: 'reaction:done', commentId: 555, content: 'rocket' },
    ]);
    expect(answerIntent(anIntent(), { kind: 'closed' }, commands)[0]).toEqual(confused);
  });

  it('does not let strangers make it talk', () => {
    const help = anIntent({ ask: { kind: 'help', topic: null }, requires: 'triage' });
    expect(answerIntent(help, { ...refused, required: 'triage' }, commands)).toEqual([confused]);
    const second = anIntent({ source: { kind: 'comment', commentId: 555, ordinal: 1 } });
    expect(answerIntent(second, refused, commands)).toEqual([confused]);
    expect(answerIntent(anIntent(), refused, commands)).toHaveLength(2);
  });

  it('does not tell what the sender has, nor why GitHub did not answer', () => {
    expect(words(anIntent(), refused)).not.toMatch(/\bread\b/);
    expect(words(anIntent(), { kind: 'unsure', why: 'connect ECONNREFUSED 10.0.0.1' })).not.toContain('10.0');
  });

  it('has no answer for an issue that was closed', () => {
    const closing = anIntent({
      ask: { kind: 'cancel', reason: '' },
      source: { kind: 'withdrawal', what: 'issue-closed' },
    });
    expect(answerIntent(closing, refused, commands)).toEqual([]);
  });
});

describe('src/presentation/answers/answer-steering', () => {
  it('reacts when it was done, and says why when it was not', () => {
    expect(answerSteering(happen(aHeldRun(), approved()), { commentId: 555 })).toEqual([
      { kind: 'reaction', key: 'reaction:done', commentId: 555, content: 'rocket' },
    ]);
    expect(answerSteering(happen(aRunningRun(), approved()), { commentId: 555 })).toEqual([
      confused,
      {
        kind: 'comment',
        key: 'answer',
        body: 'Nothing was done. Nothing is waiting for an answer: the run is running.',
      },
    ]);
    expect(answerSteering(happen(aHeldRun(), approved()), {})).toEqual([]);
  });

  it('explains an approval of what is no longer shown', () => {
    const stale = { ...approved(), digest: '000000' } as const;
    expect(answerSteering(happen(aHeldRun(), stale), { commentId: 555 })[1]).toMatchObject({
      body: expect.stringMatching(/names 000000, but what waits now is [0-9a-f]{12}\. Look .* approve again/),
    });
  });

  it('says why a run that never began cannot be approved', () => {
    expect(answerSteering(happen(aWithdrawnRun(), approved()), { commentId: 555 })[1]).toMatchObject({
      body: 'Nothing was done. This run has already ended (withdrawn).',
    });
  });

  it('explains an approval that a push has voided', () => {
    const answers = answerSteering(happen(aSecurityHeldRun(), approved(sha('e'))), { commentId: 555 });
    expect(answers[1]).toMatchObject({
      body: expect.stringMatching(/does not count: the branch moved to e{40}\. Baton looks .* asks again/),
    });
  });
});
