import { describe, expect, it } from 'vitest';
import { orderSchema, type Run } from '../../src/domain/run.ts';
import { toSubjectKey } from '../../src/domain/subject.ts';
import { handleIntent } from '../../src/orchestration/handle-intent.ts';
import { RefusedError } from '../../src/ports/effects.ts';
import { aComment, anIntent, openDesk, openDeskWith } from '../support/intent-desk.ts';
import { anOrder, MAINTAINER, REQUESTER } from '../support/orders.ts';
import { designed, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';
import { aHeldRun, anEscalatedRun, aQueuedRun, aRunningRun, aSucceededRun } from '../support/runs.ts';

const ORDER = anOrder();
const cancel = { kind: 'cancel', reason: 'obsolete' } as const;

describe('orchestration/handle-intent: who may', () => {
  it.each([
    ['a reader', 'read', 'refused'],
    ['someone whose role cannot be learnt', new Error('GitHub is down'), 'unsure'],
  ] as const)('%s starts nothing and is told why', async (_who, permission, answer) => {
    const { desk, codeHost, engine, answers } = openDesk();
    codeHost.permission = permission;
    await handleIntent(anIntent(), desk);
    expect(engine.started).toEqual([]);
    expect(answers()).toEqual([answer]);
  });

  it('has a member of the team try again, whom nobody would answer: the issue is not passed over', async () => {
    const { desk, codeHost, engine, answers } = openDesk();
    const down = new Error('GitHub is down');
    codeHost.permission = down;
    const attempt = handleIntent(anIntent({ member: 'code-developer' }), desk);
    await expect(attempt).rejects.toMatchObject({ cause: down });
    expect(engine.started).toEqual([]);
    expect(answers()).toEqual([]);
  });

  it('says no to programs without asking for their role, and once to all of them', async () => {
    const { desk, codeHost, engine } = openDesk();
    codeHost.permission = 'admin';
    const ask = { kind: 'start', workflow: null } as const;
    const source = { kind: 'label', label: 'baton', byProgram: true } as const;
    for (const id of [1, 2]) {
      const actor = { id, login: `helper-${id}[bot]` };
      await handleIntent(anIntent({ key: `label:${id}`, ask, source, actor }), desk);
    }
    expect(engine.started).toEqual([]);
    const comments = codeHost.shown.filter(({ surface }) => surface.kind === 'comment');
    expect(new Set(comments.map(({ owner }) => owner)).size).toBe(1);
  });

  it('says no once to a person, however often they ask for the same, and reacts each time', async () => {
    const { desk, codeHost } = openDesk();
    codeHost.permission = 'read';
    const run = { kind: 'start', workflow: null } as const;
    const approve = { kind: 'approve', digest: null } as const;
    for (const [commentId, ask] of [run, run, approve].entries()) {
      const source = { kind: 'comment', commentId, ordinal: 0 } as const;
      await handleIntent(anIntent({ key: `comment:${commentId}`, ask, source }), desk);
    }
    const comments = codeHost.shown.filter(({ surface }) => surface.kind === 'comment');
    expect(new Set(comments.map(({ owner }) => owner)).size).toBe(2);
  });

  it('asks for no role where GitHub has already let them, as for closing an issue', async () => {
    const { desk, codeHost, engine } = await openDeskWith(aHeldRun());
    codeHost.permission = new Error('GitHub is down');
    const source = { kind: 'withdrawal', what: 'issue-closed' } as const;
    await handleIntent(anIntent({ ask: cancel, requires: 'none', source }), desk);
    expect(engine.sent).toHaveLength(1);
  });
});

describe('orchestration/handle-intent: start', () => {
  it('hands the run over and saves it; it shows itself when it begins', async () => {
    const { desk, codeHost, engine, answers } = openDesk();
    await handleIntent(anIntent(), desk);
    const [request] = engine.started;
    const order = orderSchema.parse(request?.input);
    expect(request).toMatchObject({ workflow: 'run', id: order.id, partition: '901#42' });
    expect(order).toMatchObject({ requestedBy: MAINTAINER, trigger: 'label baton', sandbox: 'bubblewrap' });
    expect(order.branch).toMatch(/^baton\/42-cap-the-page-size-of-the-order-list-[0-9a-f]{4}$/);
    expect(await desk.runs.find(order.id)).toEqual({ state: 'queued', order });
    expect(codeHost.shown.map(({ surface }) => surface.key)).toEqual(['seen', 'answer']);
    expect(answers()).toEqual(['accepted']);
  });

  it.each([
    ['', /^baton\/42-[0-9a-f]{4}$/],
    ['日本語', /^baton\/42-[0-9a-f]{4}$/],
    ['../../x; rm -rf ~', /^baton\/42-x-rm-rf-[0-9a-f]{4}$/],
  ])('makes a branch name of the title "%s"', async (title, branch) => {
    const { desk, engine } = openDesk();
    await handleIntent(anIntent({ ticket: { ...ORDER.ticket, title } }), desk);
    expect(orderSchema.parse(engine.started[0]?.input).branch).toMatch(branch);
  });

  it('is the same run however often it is asked for, and another for another request', async () => {
    const { desk, engine } = openDesk();
    await handleIntent(anIntent(), desk);
    await handleIntent(anIntent(), desk);
    expect(engine.started).toHaveLength(1);
    await handleIntent(aComment({ kind: 'start', workflow: 'feature' }), desk);
    expect(engine.started).toHaveLength(2);
  });

  it('leaves no saved run behind that was not handed over', async () => {
    const { desk, engine } = openDesk();
    const crashed = { ...desk, engine: { ...engine, start: () => Promise.reject(new Error('crash')) } };
    await expect(handleIntent(anIntent(), crashed)).rejects.toThrow('crash');
    expect(await desk.runs.open('901#42')).toEqual([]);
    await handleIntent(anIntent(), desk);
    expect(engine.started).toHaveLength(1);
    expect(await desk.runs.open('901#42')).toHaveLength(1);
  });

  it.each([
    ['the issue is closed', { state: 'closed', labels: ['baton'], isPullRequest: false }, 'closed'],
    ['the label was taken off again', { state: 'open', labels: [], isPullRequest: false }, 'ignored'],
  ] as const)('does not start when %s meanwhile', async (_title, live, answer) => {
    const { desk, codeHost, engine, answers } = openDesk();
    codeHost.live = live;
    await handleIntent(anIntent(), desk);
    expect(engine.started).toEqual([]);
    expect(answers()).toEqual([answer]);
  });

  it('takes the ticket of the issue when asked on the page of its pull request', async () => {
    const asked = anIntent({
      key: 'comment:901:9:0',
      source: { kind: 'comment', commentId: 9, ordinal: 0, page: 43 },
      ticket: { ...ORDER.ticket, title: 'The pull request' },
    });
    const fresh = openDesk();
    await handleIntent(asked, fresh.desk);
    expect(fresh.answers()).toEqual(['ignored']);

    const { desk, engine, codeHost } = await openDeskWith(aSucceededRun());
    await handleIntent(asked, desk);
    expect(orderSchema.parse(engine.started[1]?.input)).toMatchObject({
      ticket: ORDER.ticket,
      trigger: 'a comment',
    });
    expect(codeHost.shown.find(({ surface }) => surface.key === 'answer')?.number).toBe(43);
  });

  it('does what is asked also when it cannot be acknowledged, but not without its answer', async () => {
    const { desk, codeHost, engine } = openDesk();
    codeHost.fault = ({ kind }) => (kind === 'reaction' ? new Error('502') : null);
    await handleIntent(anIntent(), desk);
    expect(engine.started).toHaveLength(1);
    codeHost.fault = ({ key }) => (key === 'answer' ? new Error('502') : null);
    await expect(handleIntent(anIntent(), desk)).rejects.toThrow('will be tried again');
    codeHost.fault = ({ key }) => (key === 'answer' ? new RefusedError('locked') : null);
    await expect(handleIntent(anIntent(), desk)).resolves.toBeUndefined();
  });
});

describe('orchestration/handle-intent: questions', () => {
  it('answers the run that asks which workflow, also when it is handled again, and starts no other', async () => {
    const { hold, ...held } = anEscalatedRun();
    const start = { kind: 'start', workflow: 'errand' } as const;
    const option = { title: 'errand', tradeOff: '', leadsTo: start };
    const waiting = { ...held, hold: { ...hold, options: [option] } } as Run;
    const world = await openDeskWith(waiting);
    await handleIntent(aComment(start), world.desk);
    expect(world.engine.sent).toMatchObject([{ message: { steer: { kind: 'choose', option: 1 } } }]);
    await world.desk.runs.save(aRunningRun());
    await handleIntent(aComment(start), world.desk);
    expect(await world.desk.runs.open(toSubjectKey(waiting.order.subject))).toHaveLength(1);
    await handleIntent(aComment({ kind: 'start', workflow: 'other' }, 6), world.desk);
    expect(await world.desk.runs.open(toSubjectKey(waiting.order.subject))).toHaveLength(2);
  });

  it('tells the state of the run that is worked on, else of the last one, else that there is none', async () => {
    const ended = aSucceededRun(anOrder({ id: 'run-ended' }));
    const running = runAfter([triaged, designed]);
    for (const [runs, state] of [
      [[], undefined],
      [[ended], 'succeeded'],
      [[ended, running, aQueuedRun(anOrder({ id: 'run-waiting' }))], 'running'],
    ] as const) {
      const { desk, codeHost } = await openDeskWith(...runs);
      await handleIntent(aComment({ kind: 'status' }), desk);
      const { surface } = codeHost.shown.at(-1) ?? {};
      expect(surface?.kind === 'comment' && JSON.parse(surface.body).run?.state).toBe(state);
    }
  });

  it.each([
    { kind: 'help', topic: null },
    { kind: 'misspelt', problem: 'x' },
  ] as const)('answers $kind at once', async (ask) => {
    const { desk, answers, engine } = openDesk();
    await handleIntent(aComment(ask), { ...desk });
    expect(answers()).toEqual([ask.kind]);
    expect(engine.started).toEqual([]);
  });

  it('starts no run in the name of somebody else', async () => {
    const { desk, engine } = openDesk();
    await handleIntent(anIntent({ actor: REQUESTER }), desk);
    expect(orderSchema.parse(engine.started[0]?.input).requestedBy).toEqual(REQUESTER);
  });
});

describe('orchestration/handle-intent: with a run that cannot be read', () => {
  it.each([
    { kind: 'retry', guidance: '' },
    { kind: 'status' },
    { kind: 'explain' },
    { kind: 'debt' },
  ] as const)('says so, and names no earlier run in its place: %o', async (ask) => {
    const { desk, codeHost, answers } = await openDeskWith(aSucceededRun());
    desk.runs.unreadable = async () => [{ id: 'run-lost', requestedAt: ORDER.requestedAt }];
    await handleIntent(aComment(ask), desk);
    expect(answers()).toEqual(['unreadable']);
    expect(JSON.stringify(codeHost.shown)).toContain('run-lost');
  });

  it('steers and shows the run that can be read', async () => {
    const { desk, engine, answers } = await openDeskWith(aHeldRun());
    desk.runs.unreadable = async () => [{ id: 'run-lost', requestedAt: ORDER.requestedAt }];
    await handleIntent(aComment({ kind: 'retry', guidance: '' }), desk);
    await handleIntent(aComment({ kind: 'status' }, 6), desk);
    expect(engine.sent.map(({ id }) => id)).toEqual([ORDER.id]);
    expect(answers()).toEqual(['status']);
  });

  it('starts a new one, which is shown to wait for it', async () => {
    const { desk, codeHost, engine } = openDesk();
    desk.runs.unreadable = async () => [{ id: 'run-lost', requestedAt: ORDER.requestedAt }];
    await handleIntent(anIntent(), desk);
    expect(engine.started).toHaveLength(1);
    const shown = codeHost.shown.map(({ surface }) => surface);
    expect(shown).toContainEqual({ kind: 'comment', key: 'progress', body: 'queued' });
  });
});
