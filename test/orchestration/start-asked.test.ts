import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/change.ts';
import type { Intent } from '../../src/domain/intent.ts';
import { type Order, orderSchema } from '../../src/domain/run.ts';
import { handleIntent } from '../../src/orchestration/handle-intent.ts';
import { aComment, anIntent, openDesk, openDeskWith } from '../support/intent-desk.ts';
import { aChange, anOrder, sha } from '../support/orders.ts';
import { aQueuedRun } from '../support/runs.ts';

const OPENED = { kind: 'pull-request', what: 'opened' } as const;
const REVIEW = { kind: 'start', workflow: 'review' } as const;
const LABEL = { kind: 'label', label: 'baton' } as const;
const FORK = aChange({ fork: true });

/** A desk on which the subject is a pull request that proposes this now. */
function openOn(change: Change = aChange()) {
  const world = openDesk();
  world.codeHost.live = { state: 'open', labels: ['baton'], isPullRequest: true };
  world.codeHost.pull = { state: 'open', isDraft: false, change };
  return world;
}

function toOrder(input: unknown): Order {
  return orderSchema.parse(input);
}

/** What was started when this was asked, and what was answered. */
async function ask(intent: Intent, world = openOn()) {
  await handleIntent(intent, world.desk);
  return { orders: world.engine.started.map(({ input }) => toOrder(input)), answers: world.answers() };
}

describe('orchestration/start-asked: on a pull request', () => {
  it.each([
    ['by an event', anIntent({ ask: REVIEW, source: OPENED, change: aChange() })],
    ['by a label', anIntent({ ask: REVIEW, source: LABEL, change: aChange() })],
    ['by a comment', aComment(REVIEW)],
    ['by a comment that names the commit', aComment({ ...REVIEW, commit: 'fffffff' })],
    ['without a name', aComment({ kind: 'start', workflow: null })],
  ])('a run that is asked for %s has the commit in its order', async (_how, intent) => {
    const { orders } = await ask(intent);
    expect(orders).toMatchObject([{ workflow: 'review', change: aChange() }]);
  });

  it.each([
    ['opened', OPENED, 'the pull request was opened'],
    ['synchronize', { kind: 'pull-request', what: 'synchronize' } as const, 'a push'],
  ])('says what started it: %s', async (_what, source, trigger) => {
    const { orders } = await ask(anIntent({ ask: REVIEW, source, change: aChange() }));
    expect(orders).toMatchObject([{ trigger }]);
  });

  it.each(['opened', 'synchronize', 'labeled'] as const)(
    '%s starts nothing where it is off',
    async (event) => {
      const world = openOn();
      const desk = {
        ...world.desk,
        reviewEvents: async () =>
          (['opened', 'synchronize', 'labeled'] as const).filter((one) => one !== event),
      };
      const source = event === 'labeled' ? LABEL : ({ kind: 'pull-request', what: event } as const);
      await handleIntent(anIntent({ ask: REVIEW, source, change: aChange() }), desk);
      expect(world.engine.started).toEqual([]);
      expect(world.answers()).toEqual(['ignored']);
      await handleIntent(aComment(REVIEW), desk);
      expect(world.engine.started).toHaveLength(1);
    },
  );

  it('no event starts anything of a fork, whoever caused it', async () => {
    for (const what of ['opened', 'synchronize'] as const) {
      const source = { kind: 'pull-request', what } as const;
      const { orders } = await ask(anIntent({ ask: REVIEW, source, change: FORK }), openOn(FORK));
      expect(orders).toEqual([]);
    }
  });

  it('a label counts for the commit of its event, also when another is there now', async () => {
    const labelled = aChange({ fork: true, headSha: sha('1') });
    const { orders } = await ask(anIntent({ ask: REVIEW, source: LABEL, change: labelled }), openOn(FORK));
    expect(orders).toMatchObject([{ change: labelled }]);
  });

  it.each([
    ['of a fork that is not named', undefined, FORK],
    ['of a fork when another is named', '1111111', FORK],
    ['of somebody when another is named', '1111111', aChange()],
  ])('a command about the commit %s is told which one to name', async (_which, commit, change) => {
    const world = openOn(change);
    await handleIntent(aComment({ ...REVIEW, ...(commit === undefined ? {} : { commit }) }), world.desk);
    expect(world.engine.started).toEqual([]);
    const [said] = world.codeHost.shown.filter(({ surface }) => surface.key === 'answer');
    expect(JSON.parse(said?.surface.kind === 'comment' ? said.surface.body : '')).toEqual({
      kind: 'unvouched',
      workflow: 'review',
      head: change.headSha,
      named: commit ?? null,
    });
  });

  it('on the page of a pull request that Baton opened a review is of that, anything else of its issue', async () => {
    const source = { kind: 'comment', commentId: 5, ordinal: 0, page: 43 } as const;
    const { orders } = await ask(anIntent({ ask: REVIEW, source }));
    expect(orders).toMatchObject([{ subject: { number: 43 }, workflow: 'review', change: aChange() }]);
    const world = openDesk();
    await handleIntent(anIntent({ ask: { kind: 'start', workflow: 'feature' }, source }), world.desk);
    expect([world.engine.started, world.answers()]).toEqual([[], ['ignored']]);
  });

  it('an issue has no commit to name', async () => {
    const { orders, answers } = await ask(aComment({ ...REVIEW, commit: 'fffffff' }), openDesk());
    expect([orders, answers]).toEqual([[], ['ignored']]);
  });

  it('a review of the same commit that is open is enough, one of another is not', async () => {
    for (const [digit, count] of [
      ['f', 1],
      ['1', 2],
    ] as const) {
      const open = anOrder({ id: 'run-open', workflow: 'review', change: aChange({ headSha: sha(digit) }) });
      const world = await openDeskWith(aQueuedRun(open));
      world.codeHost.live = { state: 'open', labels: ['baton'], isPullRequest: true };
      await handleIntent(anIntent({ ask: REVIEW, source: LABEL, change: aChange() }), world.desk);
      expect(world.engine.started).toHaveLength(count);
      expect(world.answers()).toEqual(['accepted']);
    }
  });

  it('an event is tried again when it cannot be learnt who caused it', async () => {
    const world = openOn();
    world.codeHost.permission = new Error('GitHub is down.');
    const intent = anIntent({ ask: REVIEW, source: OPENED, change: aChange() });
    await expect(handleIntent(intent, world.desk)).rejects.toThrow(/GitHub is down.*will be tried again/);
    expect(world.codeHost.shown).toEqual([]);
    world.codeHost.permission = 'write';
    await handleIntent(intent, world.desk);
    expect(world.engine.started).toHaveLength(1);
  });
});

describe('orchestration/show-fork-notice', () => {
  const pushed = anIntent({
    ask: { kind: 'new-head' },
    requires: 'none',
    source: { kind: 'pull-request', what: 'synchronize' },
  });

  function noticesOf({ codeHost }: ReturnType<typeof openDesk>) {
    return codeHost.shown.filter(({ surface }) => surface.key === 'fork-notice');
  }

  it('is one comment, with the commit that is there now', async () => {
    const world = openOn(FORK);
    await handleIntent(pushed, world.desk);
    world.codeHost.pull = { state: 'open', isDraft: false, change: { ...FORK, headSha: sha('2') } };
    await handleIntent({ ...pushed, key: 'another' }, world.desk);
    expect(noticesOf(world)).toMatchObject([
      { owner: 'fork:901#42', surface: { body: FORK.headSha } },
      { owner: 'fork:901#42', surface: { body: sha('2') } },
    ]);
  });

  it.each([
    ['it is closed', { state: 'closed', isDraft: false, change: FORK }],
    ['it is a draft', { state: 'open', isDraft: true, change: FORK }],
    ['it is none of a fork', { state: 'open', isDraft: false, change: aChange() }],
  ] as const)('is not shown when %s', async (_why, pull) => {
    const world = openOn(FORK);
    world.codeHost.pull = pull;
    await handleIntent(pushed, world.desk);
    expect(noticesOf(world)).toEqual([]);
  });

  it('is not shown where reviews are off', async () => {
    const world = openOn(FORK);
    await handleIntent(pushed, { ...world.desk, reviewEvents: async () => ['labeled'] });
    expect(noticesOf(world)).toEqual([]);
  });

  it('is tried again when it could not be shown', async () => {
    const world = openOn(FORK);
    world.codeHost.fault = () => new Error('GitHub is down');
    await expect(handleIntent(pushed, world.desk)).rejects.toThrow(/fork:901#42 could not be shown/);
  });
});
