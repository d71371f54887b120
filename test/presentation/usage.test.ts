import { describe, expect, it } from 'vitest';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import { toStoppedOutcome } from '../../src/domain/to-stopped-outcome.ts';
import type { AttemptUsage } from '../../src/domain/usage.ts';
import { duration } from '../../src/presentation/duration.ts';
import { present } from '../../src/presentation/present.ts';
import { progressComment } from '../../src/presentation/progress-comment.ts';
import { sha } from '../support/orders.ts';
import { approved, asked, built, designed, judged, reviewed, triaged } from '../support/outcomes.ts';
import { minute, runAfter } from '../support/run-after.ts';

function used(outcome: OutcomeInput, changes: Partial<AttemptUsage> = {}): OutcomeInput {
  const usage = { inputTokens: 12_000, outputTokens: 345, costUsd: 0.42, ms: 61_000, ...changes };
  return { ...outcome, usage };
}

function commentOf(...happenings: Parameters<typeof runAfter>[0]): string {
  const surface = progressComment(runAfter(happenings));
  return 'body' in surface ? surface.body : '';
}

describe('src/presentation/usage-words', () => {
  it('shows what each step and the run have used', () => {
    const body = commentOf(used(triaged), used(designed, { costUsd: 1.5 }), asked);
    expect(body).toContain('| Step | Who | State | Result | Used |\n|---|---|---|---|---|');
    expect(body).toMatch(/✅ done \| A small feature of the order list\. \| 12,345 tokens, \$0\.42, 61 s \|/);
    expect(body).toContain('**Used:** 24,690 tokens, $1.92, 2 min.');
  });

  it('does not take what nobody knows for nothing', () => {
    const body = commentOf(used(triaged), used(designed, { costUsd: null, outputTokens: null }));
    expect(body).toContain('? tokens, ? $, 61 s');
    expect(body).toContain('**Used:** ? tokens, ? $, 2 min.');
  });

  it('says nothing of it where no model was asked', () => {
    expect(commentOf(triaged, designed)).not.toMatch(/Used/);
  });

  it('warns by the newest word, not by one that is out of date', () => {
    const near = { warnings: ['$4.20 of the budget of this run, $5'] };
    expect(commentOf(used(triaged, near))).toContain('> Used: $4.20 of the budget of this run, $5.');
    expect(commentOf(used(triaged, near), used(designed))).not.toContain('$4.20');
  });

  it('stands in the check run of a review', () => {
    const run = runAfter([triaged, designed, asked, approved(), built(sha('b')), judged, used(reviewed)]);
    const check = present(run).find((surface) => surface.key.startsWith('review:'));
    expect(check !== undefined && 'summary' in check ? check.summary : '').toContain(
      '12,345 tokens, $0.42, 61 s',
    );
  });

  it('says until when a run waits by itself', () => {
    const body = commentOf(
      triaged,
      toStoppedOutcome({ kind: 'quota', message: 'No more for now (429).', until: minute(30) }),
    );
    expect(body).toContain('Baton waits until 2026-03-02 09:30 UTC');
    expect(body).toContain('**It goes on by itself** at 2026-03-02 09:30 UTC');
    expect(body).toContain('the provider of the models does no more for now');
  });
});

describe('src/presentation/duration', () => {
  it.each([
    [0, '0 s'],
    [99_400, '99 s'],
    [100_000, '2 min'],
    [3_600_000, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('%i ms are %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});
