import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call, Calls } from '../support/recordings.ts';
import { approvingWith, goodAgents, work } from './agents.ts';
import { propose } from './proposal.ts';
import { MINUTE_MS, PLACE, setTeamScene, type TeamScene } from './team-scene.ts';
import { followTicket } from './ticket.ts';

const HOUR_MS = 60 * MINUTE_MS;

const SETTINGS = `
team:
  enabled: true
  members:
    code_developer: { workflow: backend-feature, autoApprove: true }
`;

function finding(title: string, label: string): Call {
  const deferred = [{ title, why: 'It is wrong.', evidence: 'src/total.ts:1', labels: [label] }];
  return { report: { kind: 'work', summary: 'Looked.', details: 'All of it.', facts: {}, deferred } };
}

/** What the workflow asks besides the checklist. */
const DESIGN = Object.fromEntries(
  [1, 2, 3, 4, 5].map((nth) => [`criterion-${nth}`, { answer: 'yes' as const, evidence: ['README.md:1'] }]),
);

const CALLS: Calls = {
  'spec.1': work('The sum is specified.', undefined, 'The sum is two, and stands in `src/sum.ts`.'),
  'search.1': finding('The total is never checked', 'security'),
  'demonstration.1': finding('The sum is lost', 'critical'),
  'design-review.1': approvingWith({ answers: DESIGN }),
};

let scene: TeamScene;
beforeAll(async () => {
  scene = await setTeamScene(SETTINGS, goodAgents(CALLS));
});
afterAll(() => scene.stop());

async function issuesOf(title: string) {
  const { data } = await scene.stage.as('boss').rest.issues.listForRepo({ ...PLACE, state: 'all' });
  return data.filter((issue) => issue.title === title && issue.pull_request === undefined);
}

/** The one issue of a title. */
async function numberOf(title: string): Promise<number> {
  const issues = await issuesOf(title);
  expect(issues).toHaveLength(1);
  return issues[0]?.number ?? 0;
}

/** Messages between members so far, as `sender > recipient: type`, in the order in which they were sent. */
async function told(): Promise<readonly string[]> {
  const messages = await scene.sent();
  return messages.map(
    ({ sender, recipient, type }) => `${String(sender)} > ${String(recipient)}: ${String(type)}`,
  );
}

describe('scenarios/team-week', () => {
  it('lives through a week: a spec, a feature, a demonstration, a bug, reviews, and a search each day', async () => {
    const { pass, open, report, stage, baton } = scene;
    await baton.team.find();
    const page = { 'web/page.html': '<p>Two</p>\n' };
    const proposal = await propose(stage, PLACE, { by: 'maya', branch: 'page', files: page });
    await proposal.run({ state: 'succeeded' });
    const feature = await open('Add up');
    await feature.label('maya', 'needs-spec');
    await feature.label('maya', 'ready');

    // Monday: all are launched, in their order. The issue is the architect's, until it is specified.
    expect(await pass(MINUTE_MS)).toEqual([
      'architect',
      'code-developer',
      'project-manager',
      'assistant',
      'ux-design-expert',
      'code-searcher',
    ]);
    await feature.run({ state: 'succeeded', workflow: 'write-spec' });
    await proposal.run({ state: 'succeeded', workflow: 'review-design' });
    expect(await feature.progress()).toEqual([expect.stringContaining('The sum is two')]);
    const board = await numberOf('Baton: the team of this repository');
    await followTicket(stage, PLACE, board).run({ state: 'succeeded', workflow: 'search-code' });
    expect(await issuesOf('The total is never checked')).toMatchObject([{ state: 'open' }]);

    // An hour later the architect tells of it, and the developer need not wait for their own time.
    await pass(HOUR_MS);
    expect(await told()).toEqual(['architect > code-developer: spec_created']);
    await pass(0);
    await feature.run({ state: 'held', step: 'design-approval' });
    await pass(5 * MINUTE_MS);
    await feature.run({ state: 'succeeded', workflow: 'backend-feature' });
    const [pull] = await feature.pulls();
    const number = pull?.number ?? 0;

    // What is finished is shown, and what does not work becomes a bug that overtakes everything.
    await pass(30 * MINUTE_MS);
    await followTicket(stage, PLACE, number).run({ state: 'succeeded', workflow: 'demonstrate' });
    const bug = followTicket(stage, PLACE, await numberOf('The sum is lost'));
    expect(await bug.labels()).toContain('critical');
    const slow = await open('Add up slowly');
    await slow.label('maya', 'ready');
    await slow.label('maya', 'high');
    const pending = await open('Add up later');
    await pending.label('maya', 'ready');
    await pass(30 * MINUTE_MS);
    await pass(0);
    await pass(0);
    expect(await told()).toEqual([
      'architect > code-developer: spec_created',
      'code-developer > project-manager: ready_for_verification',
      'assistant > project-manager: critical_bug_found',
      'project-manager > code-developer: new_critical_priority',
    ]);
    expect(await report()).toContain(`**Critical:** #${bug.number}.`);

    // Somebody agrees that it is one. It does not wait for what is under way, which has the only place.
    await slow.run({ state: 'held', step: 'design-approval' });
    await bug.label('maya', 'ready');
    expect(await pass(5 * MINUTE_MS)).toEqual(['code-developer']);
    await bug.run({ state: 'held', step: 'design-approval' });
    expect(await pending.progress()).toEqual([]);

    // Everybody hears of the merge, once.
    await stage.as('boss').rest.pulls.merge({ ...PLACE, pull_number: number });
    await pass(HOUR_MS);
    const merged = (await told()).filter((one) => one.endsWith('pull_request_merged'));
    expect(merged.toSorted()).toEqual(
      ['architect', 'assistant', 'code-developer', 'code-searcher', 'ux-design-expert'].map(
        (name) => `project-manager > ${name}: pull_request_merged`,
      ),
    );
    expect((await feature.said(number)).filter((text) => text.includes('Definition of done'))).toEqual([
      expect.stringContaining(`Everything that has to hold for issue #${feature.number} does.`),
    ]);

    await slow.run({ state: 'succeeded' });
    await bug.run({ state: 'succeeded' });

    // The rest of the week: a search each day, and nothing is filed, said or started twice.
    const before = await told();
    await scene.play(
      goodAgents({
        ...CALLS,
        // The same in the words of another day.
        'search.1': finding('Total of orders is not checked', 'security'),
      }),
    );
    for (let day = 0; day < 6; day += 1) {
      await pass(24 * HOUR_MS);
      await followTicket(stage, PLACE, board).run({ state: 'succeeded', workflow: 'search-code' }, day + 2);
    }
    const known = await numberOf('The total is never checked');
    expect(await issuesOf('Total of orders is not checked')).toEqual([]);

    // What was said to be done, and is not, is found again; what nobody wants is not.
    const { rest } = stage.as('boss');
    const closing = { ...PLACE, state: 'closed' as const };
    await rest.issues.update({ ...closing, issue_number: known, state_reason: 'completed' });
    await pass(24 * HOUR_MS);
    await followTicket(stage, PLACE, board).run({ state: 'succeeded', workflow: 'search-code' }, 8);
    const back = await numberOf('Total of orders is not checked');
    const { data: again } = await rest.issues.get({ ...PLACE, issue_number: back });
    expect(again.body).toContain(`It was found again after #${known} was closed as done.`);
    await rest.issues.update({ ...closing, issue_number: back, state_reason: 'not_planned' });
    await pass(24 * HOUR_MS);
    await followTicket(stage, PLACE, board).run({ state: 'succeeded', workflow: 'search-code' }, 9);
    expect(await numberOf('Total of orders is not checked')).toBe(back);
    await numberOf('The total is never checked');
    await numberOf('The sum is lost');
    // What was still under way has come to an end; of all else nothing is told again.
    const finished = 'code-developer > project-manager: ready_for_verification';
    expect((await told()).filter((one) => one !== finished)).toEqual(
      before.filter((one) => one !== finished),
    );
    expect((await told()).filter((one) => one === finished)).toHaveLength(3);
    expect((await scene.sent()).map(({ status }) => status)).not.toContain('failed');
  });
});
