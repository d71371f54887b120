import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodAgents, work } from './agents.ts';
import { EMPTY, type Scene, SMALL, setScene } from './scene.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([EMPTY, ...Array.from({ length: 16 }, () => SMALL)]);
});
afterAll(() => scene.stop());

/** An agent that takes its time, so that something can happen meanwhile. */
const SLOW = goodAgents({ 'triage.1': { ...work('A small feature.'), delayMs: 600_000 } });

/** An issue whose run is in its first step, which does not end by itself. */
async function openWorking() {
  await scene.play(SLOW);
  const ticket = await scene.open();
  await ticket.label('will');
  await ticket.run({ state: 'running', step: 'triage' });
  return ticket;
}

async function openHeld() {
  await scene.play(goodAgents());
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  return ticket;
}

describe('scenarios/lifecycle', () => {
  it('a repository without a commit is refused, with the reason', async () => {
    const ticket = await scene.open();
    await ticket.label('will');
    await ticket.run({ state: 'refused' });
    expect((await ticket.progress())[0]).toMatch(/could not start[\s\S]*has no commit yet/);
  });

  it('taking the label off stops the step in flight, and the comment says why', async () => {
    const ticket = await openWorking();
    await ticket.unlabel('tess');
    await ticket.run({ state: 'cancelled' });
    expect(await ticket.progress()).toEqual([
      expect.stringMatching(/Cancelled by `tess`[\s\S]*the label `?baton`? was taken off/),
    ]);
    expect(await ticket.said()).toHaveLength(1);
    expect(await ticket.branches()).toEqual([]);
  });

  it('taking the label off counts also when GitHub does not tell who may what', async () => {
    const ticket = await openWorking();
    const path = new RegExp(`^/repos/${ticket.place.owner}/sums/collaborators/tess/permission$`);
    scene.stage.simulator.inject({ path, status: 500, times: 3 });
    await ticket.unlabel('tess');
    await ticket.run({ state: 'cancelled' });
  });

  it('closing the issue stops the run', async () => {
    const ticket = await openWorking();
    await ticket.close('will');
    await ticket.run({ state: 'cancelled' });
    expect((await ticket.progress())[0]).toContain('the issue was closed');
  });

  it('deleting the issue stops the run', async () => {
    const ticket = await openWorking();
    // The newest delivery may be of a label that Baton itself has put on, and what it does stops nothing.
    await scene.deliver('issues', { action: 'deleted', sender: { login: 'will', type: 'User' } });
    await ticket.run({ state: 'cancelled' });
  });

  it('what was done before the run was asked for stops nothing when it arrives late', async () => {
    const ticket = await openWorking();
    const before = { closed_at: '2020-01-01T00:00:00Z', updated_at: '2020-01-01T00:00:00Z' };
    await scene.deliver('issues', { action: 'closed', issue: before });
    await scene.deliver('issues', { action: 'unlabeled', issue: before });
    await scene.handled();
    expect((await ticket.progress())[0]).toMatch(/Triage/);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
  });

  it('taking off a label of another meaning stops nothing', async () => {
    const ticket = await openHeld();
    await ticket.label('will', 'bug');
    await ticket.unlabel('will', 'bug');
    await ticket.unlabel('will', 'baton: waiting');
    await scene.handled();
    expect((await ticket.progress())[0]).toMatch(/waits for an approval/);
    await ticket.label('will', 'baton: waiting');
    await scene.handled();
    expect(await ticket.progress()).toHaveLength(1);
  });

  it('a label on a closed issue starts nothing, and Baton says why', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    await ticket.close('will');
    await ticket.label('will');
    await scene.handled();
    expect(await ticket.progress()).toEqual([]);
    expect(await ticket.said()).toEqual([expect.stringMatching(/this issue is closed/)]);
  });

  it('a label of another meaning starts nothing, one of an unknown workflow is answered', async () => {
    const ticket = await scene.open();
    await ticket.label('will', 'bug');
    await scene.handled();
    expect(await ticket.said()).toEqual([]);
    await ticket.label('will', 'baton:nonsense');
    await ticket.run({ state: 'refused' });
    expect(await ticket.said()).toEqual([
      expect.stringMatching(/There is no workflow nonsense here\. For an issue there are: backend-feature/),
    ]);
  });

  it('a label with the name of a workflow starts it', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    await ticket.label('will', 'baton:backend-feature');
    expect((await ticket.run({ state: 'held' })).workflow).toBe('backend-feature');
  });

  it('a second run waits for the first and then has a branch and a pull request of its own', async () => {
    const ticket = await openHeld();
    await ticket.label('wilma');
    await scene.handled();
    const [, queued = ''] = await ticket.progress();
    expect(queued).toMatch(/Queued/);
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    await ticket.run({ state: 'held' }, 2);
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' }, 2);
    const pulls = await ticket.pulls();
    expect(pulls).toHaveLength(2);
    expect(new Set(pulls.map(({ head }) => head.ref)).size).toBe(2);
    expect(await ticket.progress()).toHaveLength(2);
  });

  it('asked again after it is done, it starts afresh; closing the old pull request does not stop that', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    await ticket.comment('will', '/baton run');
    await ticket.run({ state: 'held' }, 2);
    const [old] = await ticket.pulls();
    const { rest } = scene.stage.as('will');
    await rest.pulls.update({ ...ticket.place, pull_number: old?.number ?? 0, state: 'closed' });
    await scene.handled();
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' }, 2);
    expect((await ticket.pulls()).map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('cancelling ends the run and those that wait behind it', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton run');
    await scene.handled();
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ decision: 'finish' }, 2);
    expect((await ticket.progress()).map((text) => /### (\S+)/.exec(text)?.[1])).toEqual(['⏹️', '⏹️']);
    await ticket.comment('will', '/baton cancel');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toMatch(/There is no run on this issue/);
  });

  it('many issues of one repository get a branch and a pull request each, at the same time', async () => {
    await scene.play(goodAgents());
    const first = await scene.open({ title: '🎉' });
    const others = await Promise.all(
      ['Same title', 'Same title', '한국어 제목'].map((title) => scene.open({ title, at: first.place })),
    );
    const tickets = [first, ...others];
    await Promise.all(tickets.map((ticket) => ticket.label('will')));
    await Promise.all(tickets.map((ticket) => ticket.run({ state: 'held' })));
    await Promise.all(tickets.map((ticket) => ticket.comment('wilma', '/baton approve')));
    await Promise.all(tickets.map((ticket) => ticket.run({ state: 'succeeded' })));
    const pulls = await Promise.all(tickets.map((ticket) => ticket.pulls()));
    expect(pulls.map((own) => own.map(({ title }) => title))).toEqual([
      ['🎉'],
      ['Same title'],
      ['Same title'],
      ['한국어 제목'],
    ]);
  });

  it('running a finished check again asks for nothing that could be done, and Baton says so', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const [check] = await ticket.checks(pull?.head.sha ?? '');
    await scene.stage.as('will').rest.checks.rerequestRun({ ...ticket.place, check_run_id: check?.id ?? 0 });
    await scene.handled();
    expect((await ticket.said()).at(-1)).toMatch(
      /There is no run on this issue that `\/baton retry` could apply to/,
    );
  });

  it('what Baton writes itself starts and stops nothing', async () => {
    const ticket = await openHeld();
    await scene.handled();
    const own = scene.stage.simulator
      .deliveries()
      .filter(({ payload }) => JSON.stringify(payload).includes('"login":"baton[bot]","id"'));
    expect(scene.stage.simulator.deliveries().length).toBeGreaterThan(own.length);
    expect(await ticket.progress()).toHaveLength(1);
    expect(await ticket.said()).toHaveLength(1);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
