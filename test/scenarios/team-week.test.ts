import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../support/recordings.ts';
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

let scene: TeamScene;
beforeAll(async () => {
  scene = await setTeamScene(
    SETTINGS,
    goodAgents({
      'spec.1': work('The sum is specified.', undefined, 'The sum is two, and stands in `src/sum.ts`.'),
      'search.1': finding('The total is never checked', 'security'),
      'demonstration.1': finding('The sum is lost', 'critical'),
      'design-review.1': approvingWith({ answers: DESIGN }),
    }),
  );
}, 120_000);
afterAll(() => scene.stop());

async function issuesOf(title: string) {
  const { data } = await scene.stage.as('boss').rest.issues.listForRepo({ ...PLACE, state: 'all' });
  return data.filter((issue) => issue.title === title);
}

/** Messages between members so far, as `sender > recipient: type`, in the order in which they were sent. */
async function told(): Promise<readonly string[]> {
  const messages = await scene.sent();
  return messages.map(
    ({ sender, recipient, type }) => `${String(sender)} > ${String(recipient)}: ${String(type)}`,
  );
}

describe('scenarios/team-week', { timeout: 240_000 }, () => {
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
    const [board] = await issuesOf('Baton: the team of this repository');
    await followTicket(stage, PLACE, board?.number ?? 0).run({ state: 'succeeded', workflow: 'search-code' });
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
    const [bug] = await issuesOf('The sum is lost');
    expect(bug?.labels.map((label) => (typeof label === 'string' ? label : label.name))).toContain(
      'critical',
    );
    await pass(30 * MINUTE_MS);
    await pass(0);
    await pass(0);
    expect(await told()).toEqual([
      'architect > code-developer: spec_created',
      'code-developer > project-manager: ready_for_verification',
      'assistant > project-manager: critical_bug_found',
      'project-manager > code-developer: new_critical_priority',
    ]);
    expect(await report()).toContain(`**Critical:** #${bug?.number}.`);

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

    // The rest of the week: a search each day, and nothing is filed, said or started twice.
    const before = await told();
    for (let day = 0; day < 6; day += 1) {
      await pass(24 * HOUR_MS);
      await followTicket(stage, PLACE, board?.number ?? 0).run(
        { state: 'succeeded', workflow: 'search-code' },
        day + 2,
      );
    }
    expect(await issuesOf('The total is never checked')).toHaveLength(1);
    expect(await issuesOf('The sum is lost')).toHaveLength(1);
    expect(await told()).toEqual(before);
    expect((await scene.sent()).map(({ status }) => status)).toEqual(before.map(() => 'completed'));
  });
});
