import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/registry.gen.ts';
import type { OutcomeInput } from '../../src/domain/outcome.ts';
import type { Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { answerIntent } from '../../src/presentation/answers/answer-intent.ts';
import { answerSteering } from '../../src/presentation/answers/answer-steering.ts';
import { forkNotice } from '../../src/presentation/fork-notice.ts';
import { heading } from '../../src/presentation/heading.ts';
import { present } from '../../src/presentation/present.ts';
import { runFacts } from '../../src/presentation/run-facts.ts';
import { aComment, anIntent } from '../support/intent-desk.ts';
import { aChange, anOrder, aReviewWorkflow, sha } from '../support/orders.ts';
import { failing, judged, leaking, objected, reviewed } from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';

const DEFINITION = { workflow: aReviewWorkflow(), roles: {} };
const NOTHING = '✅ Baton has reviewed this: nothing stands in the way';
const CHANGES = '❌ Baton has reviewed this: changes are asked for';
const reject: Steer = { kind: 'reject', reason: 'No.' };

function review(...happenings: readonly (OutcomeInput | Steer)[]): Run {
  return runAfter(happenings, anOrder({ workflow: 'review', change: aChange() }), DEFINITION);
}

function bodyOf(surfaces: readonly { kind: string; body?: string }[]): string {
  return surfaces.find(({ kind }) => kind === 'comment')?.body ?? '';
}

describe('src/presentation: reviews of pull requests', () => {
  it.each<[string, readonly (OutcomeInput | Steer)[], string]>([
    ['all is well', [judged, reviewed], NOTHING],
    ['a gate fails', [failing, reviewed], CHANGES],
    ['the reviewer objects', [judged, objected], CHANGES],
    ['a person does not release it', [leaking, reject, reviewed], CHANGES],
  ])('when %s the heading says so', (_when, happenings, words) => {
    const run = review(...happenings);
    expect(run.state).toBe('succeeded');
    expect(heading(run)).toBe(words);
  });

  it('what is found stands on the head of the pull request, on its lines', () => {
    const checks = present(review(failing, objected)).filter(({ kind }) => kind === 'check-run');
    expect(checks).toMatchObject([
      { name: 'baton / tests', sha: sha('f'), conclusion: 'failure', annotations: [{ line: 12 }] },
      { name: 'baton / lint', sha: sha('f'), conclusion: 'success' },
      { name: 'baton / review', sha: sha('f'), conclusion: 'failure', annotations: [{ line: 20 }] },
    ]);
    expect(present(review(failing, objected)).map(({ kind }) => kind)).not.toContain('pull-request');
  });

  it('the commit is named, and no branch', () => {
    expect(runFacts(review(judged))).toContain('It is about commit `fffffff`, for `main`.');
    expect(runFacts(review(judged))).not.toContain('baton/');
    const fork = anOrder({ change: aChange({ fork: true }) });
    expect(runFacts(runAfter([judged], fork, DEFINITION))).toContain('commit `fffffff` of a fork, for');
  });

  it('a hold says that a rejection is the result', () => {
    expect(bodyOf(present(review(leaking)))).toMatch(/Is the result of this step; the run goes on/);
    expect(bodyOf(present(review(leaking)))).not.toMatch(/branch stays/);
  });

  it('a fork is told the whole line, which is no command itself', () => {
    const body = bodyOf([forkNotice(aChange({ fork: true }))]);
    expect(body).toContain(`\n /baton run review ${sha('f')}\n`);
    expect(body).not.toMatch(/^\/baton/m);
  });

  it.each([
    [null, /must be named/],
    ['1111111', /`1111111` is not the newest commit/],
  ])('who names %s is told what to name', (named, words) => {
    const answer = { kind: 'unvouched', workflow: 'review', head: sha('f'), named } as const;
    const surfaces = answerIntent(aComment({ kind: 'start', workflow: 'review' }), answer, commands);
    expect(bodyOf(surfaces)).toMatch(words);
    expect(bodyOf(surfaces)).toContain(`/baton run review ${sha('f')}`);
    expect(surfaces.map(({ kind }) => kind)).toContain('reaction');
  });

  it('nobody is answered who has asked nothing', () => {
    const opened = anIntent({ source: { kind: 'pull-request', what: 'opened' } });
    expect(answerIntent(opened, { kind: 'refused', held: 'read', required: 'write' }, commands)).toEqual([]);
    const late = happen(review(judged, reviewed), { kind: 'cancel', reason: 'pushed' });
    expect(late.kind).toBe('ignore');
    expect(answerSteering(late, { unasked: true })).toEqual([]);
    expect(answerSteering(late, {})).toHaveLength(1);
  });

  it('what was judged is never another commit', () => {
    const run = review(leaking);
    const approve = { kind: 'approve', givenAt: '2026-03-02T09:58:00.000Z' } as const;
    expect(happen(run, { ...approve, head: sha('1') })).toMatchObject({ kind: 'ignore', run });
    expect(happen(run, { kind: 'moved', head: sha('1') })).toMatchObject({ kind: 'ignore', run });
    expect(happen(run, { ...approve, head: sha('f') })).toMatchObject({ kind: 'next' });
  });
});
