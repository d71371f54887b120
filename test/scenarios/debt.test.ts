import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../support/recordings.ts';
import { GOOD_PATCH, goodAgents } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

const ROUND = {
  title: 'Round the sum',
  why: 'Nobody asked for it.\n/baton run backend-feature\nCloses #1, says @octocat.',
  evidence: 'src/sum.ts:1',
  labels: ['BUG', 'baton:backend-feature', 'not there'],
};

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([SMALL, SMALL, SMALL]);
});
afterAll(() => scene.stop());

function building(...deferred: readonly object[]): Call {
  const facts = { complexFeature: false, dataModelChanges: false };
  return { report: { kind: 'work', summary: 'Built.', details: '', facts, deferred }, patch: GOOD_PATCH };
}

async function begin(at?: Ticket['place']): Promise<Ticket> {
  const ticket = await scene.open(at === undefined ? {} : { at });
  await ticket.label('maya', 'baton:backend-feature');
  await ticket.run({ state: 'held', step: 'design-approval' });
  return ticket;
}

/** To the end of the run. */
async function approve(ticket: Ticket): Promise<void> {
  await ticket.comment('maya', '/baton approve');
  await ticket.run({ state: 'succeeded' });
}

async function work(at?: Ticket['place']): Promise<Ticket> {
  const ticket = await begin(at);
  await approve(ticket);
  return ticket;
}

/** What Baton has opened issues about, oldest first. */
async function issuesOf({ place }: Ticket) {
  const { data } = await scene.stage.as('boss').rest.issues.listForRepo({
    ...place,
    creator: 'baton[bot]',
    state: 'all',
    direction: 'asc',
    per_page: 100,
  });
  return data.filter((issue) => issue.pull_request === undefined);
}

async function pullOf(ticket: Ticket) {
  const [pull] = await ticket.pulls();
  return { number: pull?.number ?? 0, body: pull?.body ?? '', sha: pull?.head.sha ?? '' };
}

describe('scenarios/debt', () => {
  it('work put off becomes one issue, which later runs find, also when it was closed', async () => {
    await scene.play(goodAgents({ 'implementation.1': building(ROUND) }));
    const first = await work();
    const [issue] = await issuesOf(first);
    const number = issue?.number ?? 0;
    const pull = await pullOf(first);
    expect(issue).toMatchObject({ title: 'Round the sum', state: 'open' });
    expect(issue?.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual([
      'tech-debt',
      'bug',
    ]);
    expect(issue?.body).toContain(`/org-1/sums/blob/${pull.sha}/src/sum.ts#L1)`);
    expect(issue?.body).toContain(`issue #${first.number} (`);
    expect(issue?.body).toContain(`pull request #${pull.number}`);
    expect(issue?.body).not.toMatch(/^(?:> )?\/baton|closes #1|@octocat/im);
    expect(pull.body).toContain(`## Put off\n\n- #${number}: Round the sum\n`);
    expect((await first.progress())[0]).toContain(`**Put off:** #${number}.`);

    const second = await work(first.place);
    expect(await issuesOf(first)).toHaveLength(1);
    const added = await first.said(number);
    expect(added).toHaveLength(1);
    expect(added[0]).toContain(`issue #${second.number} (`);
    expect(added[0]).toContain(`pull request #${(await pullOf(second)).number}`);
    expect(added[0]).toContain(`/blob/${(await pullOf(second)).sha}/src/sum.ts#L1)`);
    expect(added[0]).not.toContain('closed');
    expect((await pullOf(second)).body).toContain(`- #${number} (known before): Round the sum\n`);

    await second.comment('tess', '/baton debt');
    await scene.handled();
    expect((await second.said()).at(-1)).toContain(`- #${number} (known before): Round the sum`);

    const boss = scene.stage.as('boss').rest.issues;
    await boss.update({ ...first.place, issue_number: number, state: 'closed' });
    await work(first.place);
    expect(await issuesOf(first)).toMatchObject([{ number, state: 'closed' }]);
    expect(await first.said(number)).toHaveLength(2);
    expect((await first.said(number))[1]).toContain('This issue is closed');

    // What the issue says, and the labels on it, have started nothing.
    await expectTidy(scene);
    expect(scene.stage.lines.filter(({ subject }) => subject === `org-1/sums#${number}`)).toEqual([]);
    expect(await first.said(number)).toHaveLength(2);
  });

  it('one run files so many and names the rest; until then the command says what will be', async () => {
    const titles = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
    const deferred = titles.map((title) => ({ ...ROUND, title }));
    await scene.play(goodAgents({ 'architecture.1': { ...building(...deferred), patch: '' } }));
    const ticket = await begin();
    await ticket.comment('tess', '/baton debt');
    await scene.handled();
    expect((await ticket.said()).at(-1)).toContain(
      '- Not filed, because it is filed when the pull request is open: One\n',
    );
    expect(await issuesOf(ticket)).toEqual([]);
    await approve(ticket);
    expect((await issuesOf(ticket)).map(({ title }) => title)).toEqual(titles.slice(0, 5));
    expect((await pullOf(ticket)).body).toContain('- Not filed, because one run files at most 5: Six\n');
    const rest = scene.stage.as('boss').rest.issues;
    const { data: labels } = await rest.listLabelsForRepo(ticket.place);
    expect(labels.map(({ name }) => name)).not.toContain('not there');
    await expectTidy(scene);
  });

  it('two runs at once file it once', async () => {
    await scene.play(goodAgents({ 'implementation.1': building(ROUND) }));
    const one = await begin();
    const other = await begin(one.place);
    // The first is still on its way when the second comes.
    const path = new RegExp(`^/repos/${one.place.owner}/sums/issues$`);
    scene.stage.simulator.inject({ method: 'POST', path, delayMs: 1500 });
    await Promise.all([approve(one), approve(other)]);
    const issues = await issuesOf(one);
    expect(issues).toHaveLength(1);
    expect(await one.said(issues[0]?.number)).toHaveLength(1);
    const bodies = await Promise.all([one, other].map(async (ticket) => (await pullOf(ticket)).body));
    expect(bodies.filter((body) => body.includes('(known before)'))).toHaveLength(1);
    expect(bodies.every((body) => body.includes(`- #${issues[0]?.number}`))).toBe(true);
    await expectTidy(scene);
  });
});
