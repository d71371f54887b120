import { describe, expect, it } from 'vitest';
import { advance } from '../../src/domain/advance.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { type OutcomeInput, outcomeSchema } from '../../src/domain/outcome.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../src/domain/repository-settings.ts';
import { isBegun, type Run } from '../../src/domain/run.ts';
import type { Steer } from '../../src/domain/steer.ts';
import { anOrder, aWorkflow, CHOICE, MAINTAINER, REQUESTER, sha } from '../support/orders.ts';
import {
  approved,
  asked,
  built,
  designed,
  failing,
  judged,
  leaking,
  objected,
  proposed,
  reviewed,
  triaged,
} from '../support/outcomes.ts';
import { happen, runAfter } from '../support/run-after.ts';
import {
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

const broke: OutcomeInput = {
  kind: 'broke',
  summary: 'the agent crashed',
  remedy: 'Retry.',
  retriable: true,
};
const brokeForGood: OutcomeInput = { ...broke, retriable: false };
const toImplementation = [triaged, designed, asked, approved()];

/** A decision in one line: its kind, the state, and where the run is. */
function toLine({ kind, run }: Decision): string {
  const place = run.state === 'running' || run.state === 'held' ? ` ${run.step} ${run.attempt}` : '';
  return `${kind}: ${run.state}${place}`;
}

describe('domain/advance', () => {
  it.each<[string, Run, OutcomeInput | Steer, string]>([
    ['a passed step leads to the next', aRunningRun(), designed, 'next: running design-approval 1'],
    ['an approval step holds', runAfter([triaged, designed]), asked, 'hold: held design-approval 1'],
    ['an approval moves on', aHeldRun(), approved(), 'next: running implementation 1'],
    [
      'a rejected approval goes back',
      aHeldRun(),
      { kind: 'reject', givenAt: '2026-03-02T09:50:00.000Z', reason: 'too big' },
      'return: running architecture 2',
    ],
    [
      'failing gates go back',
      runAfter([...toImplementation, built(sha('b'))]),
      failing,
      'return: running implementation 2',
    ],
    [
      'a rejecting review goes back',
      runAfter([...toImplementation, built(sha('b')), judged]),
      objected,
      'return: running implementation 2',
    ],
    ['a broken step is repeated', aRunningRun(), broke, 'repeat: running architecture 2'],
    ['a step broken for good asks a person', aRunningRun(), brokeForGood, 'hold: held architecture 1'],
    [
      'a step that keeps breaking asks a person',
      runAfter([triaged, broke, broke]),
      broke,
      'hold: held architecture 3',
    ],
    [
      'a hold of a gate holds',
      runAfter([...toImplementation, built(sha('b'))]),
      leaking,
      'hold: held gates 1',
    ],
    ['a released security hold moves on', aSecurityHeldRun(), approved(sha('b')), 'next: running review 1'],
    [
      'the last step ends the run',
      runAfter([...toImplementation, built(sha('b')), judged, reviewed]),
      proposed,
      'finish: succeeded',
    ],
    [
      'retry leaves an escalation',
      anEscalatedRun(),
      { kind: 'retry', guidance: 'use 400' },
      'return: running implementation 4',
    ],
    ['approve is no answer to an escalation', anEscalatedRun(), approved(sha('d')), 'ignore: held review 3'],
    [
      'retry is no answer to an approval',
      aHeldRun(),
      { kind: 'retry', guidance: '' },
      'ignore: held design-approval 1',
    ],
    ['approve means nothing while running', aRunningRun(), approved(), 'ignore: running architecture 1'],
    ['cancel ends a queued run', aQueuedRun(), { kind: 'cancel', reason: 'no' }, 'finish: withdrawn'],
    ['cancel ends a running run', aRunningRun(), { kind: 'cancel', reason: 'no' }, 'finish: cancelled'],
    ['cancel ends a held run', anEscalatedRun(), { kind: 'cancel', reason: 'no' }, 'finish: cancelled'],
    ['an ended run stays ended', aSucceededRun(), { kind: 'cancel', reason: 'no' }, 'ignore: succeeded'],
    ['a refused run stays refused', aRefusedRun(), { kind: 'cancel', reason: 'no' }, 'ignore: refused'],
    ['a withdrawn run stays withdrawn', aWithdrawnRun(), approved(), 'ignore: withdrawn'],
  ])('%s', (...[, run, happening, expected]) => {
    expect(toLine(happen(run, happening))).toBe(expected);
  });

  it('gives the findings of a rejection to the step that mends them', () => {
    const decision = happen(runAfter([...toImplementation, built(sha('b')), judged]), objected);
    expect(decision.run).toMatchObject({ feedback: { from: 'review', summary: objected.summary } });
  });

  it('asks a person at the third rejection in a row, and counts anew after the answer', () => {
    const held = anEscalatedRun();
    expect(held.hold).toMatchObject({ kind: 'escalation', resumeAt: 'implementation' });
    const { run } = happen(held, { kind: 'retry', guidance: 'use 400' });
    expect(run).toMatchObject({ state: 'running', rejections: {} });
    expect(run).toHaveProperty('feedback.summary', expect.stringContaining('use 400'));
  });

  it('counts the rejections of an approval anew once it was approved', () => {
    const reject: Steer = { kind: 'reject', reason: 'too big' };
    const run = runAfter([triaged, designed, asked, reject, designed, asked, approved()]);
    expect(run).toMatchObject({ state: 'running', step: 'implementation', rejections: {} });
  });

  it('forgets the rejections of a step that has passed', () => {
    const run = runAfter([...toImplementation, built(sha('b')), failing, built(sha('c')), judged]);
    expect(run).toMatchObject({ rejections: {} });
  });

  it('keeps the newest checkpoint as the head', () => {
    expect(aRepeatingRun().head).toBe(sha('b'));
  });

  it('records who decided what', () => {
    const { run } = happen(aHeldRun(), approved());
    expect(isBegun(run) && run.history.at(-1)?.decided).toMatchObject({ by: MAINTAINER, kind: 'approved' });
  });

  it('does not begin twice, and refuses a run without a base', () => {
    const base = { ref: 'main', sha: sha('a') };
    const at = '2026-03-02T09:30:00.000Z';
    expect(
      toLine(
        advance(aRunningRun(), {
          kind: 'begun',
          at,
          base,
          definition: aRunningRun().definition,
          choice: CHOICE,
          settings: DEFAULT_REPOSITORY_SETTINGS,
        }),
      ),
    ).toBe('ignore: running architecture 1');
    expect(toLine(advance(aQueuedRun(), { kind: 'not-begun', at, reason: 'empty' }))).toBe('finish: refused');
    expect(toLine(advance(aRunningRun(), { kind: 'not-begun', at, reason: 'x' }))).toBe(
      'ignore: running architecture 1',
    );
  });

  it('ends a run that Baton itself cannot go on with, and says why', () => {
    const event = { kind: 'given-up', at: '2026-03-02T09:30:00.000Z', reason: 'a fault' } as const;
    expect(advance(aQueuedRun(), event).run).toMatchObject({ state: 'refused', reason: 'a fault' });
    expect(advance(aRunningRun(), event).run).toMatchObject({ state: 'failed', reason: 'a fault' });
    expect(advance(aHeldRun(), event).run).toMatchObject({ state: 'failed', reason: 'a fault' });
    expect(advance(aSucceededRun(), event).kind).toBe('ignore');
  });

  it('ignores the end of an attempt it is not making', () => {
    const run = aRunningRun();
    const event = {
      kind: 'step-finished',
      at: run.since,
      outcome: outcomeSchema.parse(broke),
      digest: '0',
    } as const;
    expect(advance(run, { ...event, step: 'triage', attempt: 1 }).kind).toBe('ignore');
    expect(advance(run, { ...event, step: run.step, attempt: 7 }).kind).toBe('ignore');
    expect(advance(aHeldRun(), { ...event, step: 'design-approval', attempt: 1 }).kind).toBe('ignore');
  });

  it('escalates a rejection that names no step to mend it', () => {
    const workflow = aWorkflow();
    const steps = workflow.steps.map(({ onReject: _none, ...step }) => step);
    const definition = { workflow: { ...workflow, steps }, roles: {} };
    const run = runAfter([...toImplementation, built(sha('b'))], anOrder(), definition);
    expect(toLine(happen(run, failing))).toBe('hold: held gates 1');
  });
});

describe('domain/advance: answers that lay in the mailbox', () => {
  const early = '2026-03-02T08:00:00.000Z';

  it.each<[string, Run, Steer]>([
    ['an approval', aHeldRun(), { kind: 'approve', givenAt: early, head: null }],
    ['a rejection', aHeldRun(), { kind: 'reject', givenAt: early, reason: 'too big' }],
    ['guidance', anEscalatedRun(), { kind: 'retry', givenAt: early, guidance: 'use 400' }],
  ])('%s from before the question changes nothing, and says so', (_title, run, steer) => {
    expect(happen(run, steer)).toMatchObject({ kind: 'ignore', run, why: expect.stringContaining('before') });
  });

  it('takes the answer of a button, whose time nobody tells', () => {
    expect(toLine(happen(aHeldRun(), { kind: 'reject', reason: 'no' }))).toBe(
      'return: running architecture 2',
    );
    expect(toLine(happen(anEscalatedRun(), { kind: 'retry', guidance: '' }))).toBe(
      'return: running implementation 4',
    );
  });
});

describe('domain/advance: what voids an approval', () => {
  const held = aSecurityHeldRun();
  const digest = 'digest' in held.hold ? held.hold.digest : '';

  it.each<[string, Steer]>([
    [
      'given before the hold opened',
      { kind: 'approve', givenAt: '2026-03-02T08:00:00.000Z', head: held.head },
    ],
    [
      'naming another digest',
      { kind: 'approve', givenAt: '2026-03-02T09:58:00.000Z', head: held.head, digest: 'ffffff' },
    ],
    ['on a branch that is gone', { kind: 'approve', givenAt: '2026-03-02T09:58:00.000Z', head: null }],
  ])('%s', (_title, steer) => {
    expect(happen(held, steer).kind).toBe('ignore');
  });

  it('the requester does not release their own security hold', () => {
    const steer = approved(held.head);
    const decision = advance(held, { kind: 'steered', at: '2026-03-02T09:59:00.000Z', by: REQUESTER, steer });
    expect(decision).toMatchObject({ kind: 'ignore', why: expect.stringContaining('second person') });
  });

  it('a push to the branch: the step is done again on what is there now', () => {
    const decision = happen(held, { kind: 'approve', givenAt: '2026-03-02T09:58:00.000Z', head: sha('e') });
    expect(toLine(decision)).toBe('repeat: running gates 2');
    expect(decision.run).toMatchObject({ head: sha('e') });
  });

  it('its own digest says that it was seen, whatever the clock of GitHub says', () => {
    const steer: Steer = { kind: 'approve', givenAt: '2026-03-02T08:00:00.000Z', head: held.head, digest };
    expect(toLine(happen(held, steer))).toBe('next: running review 1');
  });

  it('but its own digest, also shortened, is accepted', () => {
    const steer: Steer = {
      kind: 'approve',
      givenAt: '2026-03-02T09:58:00.000Z',
      head: held.head,
      digest: digest.slice(0, 6),
    };
    expect(toLine(happen(held, steer))).toBe('next: running review 1');
  });
});
