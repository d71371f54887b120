import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holding } from '../support/recordings.ts';
import { approving, goodAgents, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 16 }, () => SMALL));
  await scene.play(goodAgents());
});
afterAll(() => scene.stop());

/** An issue whose run waits for the approval of its design. */
async function openHeld() {
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  return ticket;
}

describe('scenarios/commands', () => {
  it('does all commands of a comment, in their order', async () => {
    const ticket = await scene.open();
    const id = await ticket.comment('will', '/baton help run\n/baton run\n/baton cancel Changed my mind.');
    const run = await ticket.run({ decision: 'finish' });
    expect(['cancelled', 'withdrawn']).toContain(run.state);
    await scene.handled();
    expect(await ticket.said()).toHaveLength(2);
    expect((await ticket.progress())[0]).toContain('Changed my mind.');
    expect(await ticket.reactions(id)).toContain('rocket');
  });

  it.each([
    ['a quote', '> /baton run'],
    ['a code fence', '```\n/baton run\n```'],
    ['indented code', '    /baton run'],
    ['prose before it', 'I think we should\n/baton run'],
    ['a reply by e-mail', 'Thanks.\n\nOn Monday, Ada wrote:\n> /baton run'],
    ['another word', '/deploy run'],
    ['an HTML comment', '<!-- /baton run -->'],
  ])('does nothing for %s', async (_, body) => {
    const ticket = scene.tickets[0] ?? (await scene.open());
    const before = (await ticket.said()).length;
    const id = await ticket.comment('will', body);
    await scene.handled();
    expect(await ticket.reactions(id)).toEqual([]);
    expect(await ticket.said()).toHaveLength(before);
  });

  it('does nothing for a comment that was edited into a command', async () => {
    const ticket = await scene.open();
    const id = await ticket.comment('will', 'Nice.');
    const { rest } = scene.stage.as('will');
    await rest.issues.updateComment({ ...ticket.place, comment_id: id, body: '/baton run' });
    await scene.handled();
    expect(await ticket.reactions(id)).toEqual([]);
    expect(await ticket.said()).toEqual([]);
  });

  it.each([
    ['a bot', { sender: { type: 'Bot' } }, {}],
    ['an App in the name of a member', {}, { performed_via_github_app: { id: 77 } }],
    ['somebody else than its author', {}, { user: { id: 4242 } }],
  ])('does nothing for a comment of %s', async (_, changes, comment) => {
    const ticket = await scene.open();
    await ticket.comment('will', 'Hello.');
    await scene.deliver('issue_comment', { ...changes, comment: { body: '/baton run', ...comment } });
    expect(await ticket.said()).toEqual([]);
  });

  it.each([
    ['/batton run', /Did you mean `\/baton run`\?/],
    ['/baton aprove', /Did you mean `\/baton approve`\?/],
    ['/baton frobnicate', /The commands are `\/baton approve`/],
    ['/baton reject', /say after `reject` what has to change/],
    ['/baton run $(id)', /a workflow name is one word/],
    ['/baton run feature now', /after the workflow comes nothing, or a commit/],
    ['/baton approve', /There is no run on this issue that `\/baton approve` could apply to/],
    ['/baton help approve', /Approves what the run shows/],
    ['/baton help nonsense', /`nonsense` is not a command/],
  ])('answers %s with what is right', async (body, words) => {
    const ticket = scene.tickets[0] ?? (await scene.open());
    const before = (await ticket.said()).length;
    await ticket.comment('will', body);
    await scene.handled();
    const said = await ticket.said();
    expect(said).toHaveLength(before + 1);
    expect(said.at(-1)).toMatch(words);
  });

  it('tells where a run stands, whatever it is doing', async () => {
    await scene.play(goodAgents({ 'triage.1': holding(work('A small feature.')) }));
    const ticket = await scene.open();
    await ticket.comment('will', '/baton run');
    await ticket.run({ state: 'running', step: 'triage' });
    await ticket.comment('tess', '/baton status');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toMatch(/Baton is working: Triage/);
    await scene.release();
    await ticket.run({ state: 'held' });
    await ticket.comment('tess', '/baton status');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toMatch(/waits for an approval[\s\S]*\/baton approve [0-9a-f]{12}/);
    await scene.play(goodAgents());
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    await ticket.comment('tess', '/baton status');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toMatch(/Baton is done: pull request #\d+/);
  });

  it('tells of the run that waits, not of the one queued behind it', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton run');
    await scene.handled();
    await ticket.comment('tess', '/baton status');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toMatch(/waits for an approval/);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ decision: 'finish' }, 2);
  });

  it('takes commands on the page of the pull request, and answers them there', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const page = pull?.number ?? 0;
    const before = (await ticket.said()).length;
    await ticket.comment('tess', '/baton status', page);
    await scene.handled();
    expect(await ticket.said(page)).toEqual([expect.stringMatching(/Baton is done/)]);
    expect(await ticket.said()).toHaveLength(before);

    await ticket.comment('will', '/baton run', page);
    await ticket.run({ state: 'held' }, 2);
    const id = await ticket.comment('will', '/baton reject Not like this.', page);
    await ticket.run({ decision: 'return' });
    expect(await ticket.reactions(id)).toEqual(['eyes', 'rocket']);
    await ticket.comment('will', '/baton cancel', page);
    await ticket.run({ state: 'cancelled' });
    const late = await ticket.comment('will', '/baton approve', page);
    await scene.handled();
    expect(await ticket.reactions(late)).toContain('confused');
    expect((await ticket.said(page)).at(-1)).toMatch(/There is no run on this issue/);
  });

  it('starts a run from the page of a pull request with the text of the issue', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [first] = await ticket.pulls();
    await scene.stage
      .as('boss')
      .rest.pulls.update({ ...ticket.place, pull_number: first?.number ?? 0, title: 'Another title' });
    await ticket.comment('will', '/baton run', first?.number);
    await ticket.run({ state: 'held' }, 2);
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' }, 2);
    const titles = (await ticket.pulls()).map(({ title }) => title);
    expect(titles).toEqual(['Another title', 'Add up']);
  });

  it('steers a run about a pull request on its page, also when Baton opened it', async () => {
    const ticket = await openHeld();
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const page = pull?.number ?? 0;
    const { rest } = scene.stage.as('will');
    // Nobody answers for the reviewer, so the review waits.
    await scene.play({});
    await rest.issues.addLabels({ ...ticket.place, issue_number: page, labels: ['baton'] });
    const subject = `${ticket.place.owner}/${ticket.place.repo}#${page}`;
    await scene.stage.advanced((run) => run.subject === subject && run.state === 'held');
    await ticket.comment('tess', '/baton status', page);
    await scene.handled();
    expect((await ticket.said(page)).at(-1)).toMatch(/needs a decision: Review/);
    await scene.play({ 'review.2': approving, 'review.3': approving, 'review.4': approving });
    const id = await ticket.comment('will', '/baton retry', page);
    await scene.stage.advanced((run) => run.subject === subject && run.state === 'succeeded');
    expect(await ticket.reactions(id)).toEqual(['eyes', 'rocket']);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
