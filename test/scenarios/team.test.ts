import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/system/system-clock.ts';
import { baton as cli } from '../cli/run-cli.ts';
import { query } from '../store/query.ts';
import { adding } from '../support/patches.ts';
import { goodAgents, work } from './agents.ts';
import { MINUTE_MS, PLACE, setTeamScene, type TeamScene } from './team-scene.ts';

/** Levels of the log. */
const WARN = 'warn';
const ERROR = 'error';

const SETTINGS = `
team:
  enabled: true
  members:
    code_developer: { workflow: backend-feature, autoApprove: true }
    architect: { enabled: false }
    assistant: { enabled: false }
    code_searcher: { enabled: false }
    ux_design_expert: { enabled: false }
`;

let scene: TeamScene;
beforeAll(async () => {
  scene = await setTeamScene(SETTINGS, goodAgents(), { BATON_TEAM_MAX_QUEUE: '1' });
});
afterAll(() => scene.stop());

async function told(): Promise<readonly string[]> {
  return (await scene.sent()).map(({ type }) => String(type));
}

/** One message is all that the queue takes here. Returns what ends it. */
async function fillQueue(): Promise<() => Promise<unknown>> {
  const { id: repositoryId } = (await scene.stage.as('boss').rest.repos.get(PLACE)).data;
  const messages = scene.baton.parts.store.messages({ clock: systemClock, maxQueueSize: 1 });
  const letter = { key: 'question', repositoryId, sender: 'assistant', recipient: 'architect' };
  expect(await messages.send([{ ...letter, type: 'question' }])).toEqual(['sent']);
  return async () => {
    const taken = await messages.take({ repositoryId, recipient: 'architect', taker: 'test', limit: 1 });
    return await messages.complete([taken[0]?.id ?? 0], 'test');
  };
}

describe('scenarios/team', () => {
  it('takes the most urgent issue that a person has called ready, proposes it, and checks it after the merge', async () => {
    const { pass, open, report, stage, baton } = scene;
    await baton.team.find();
    const low = await open('Add up slowly');
    const high = await open('Add up at once');
    const strange = await open('Add up for me');
    await low.label('maya', 'ready');
    await low.label('maya', 'low');
    await high.label('maya', 'ready');
    await high.label('maya', 'high');
    // A label of somebody who may not write is no order, and does not stand in the way of others.
    await strange.label('rita', 'ready');
    await strange.label('rita', 'critical');

    expect(await pass(MINUTE_MS)).toEqual(['code-developer', 'project-manager']);
    expect(await strange.said()).toEqual([expect.stringContaining('Nothing was started')]);
    expect(await report()).toContain(
      `**Ready, the most urgent first:** #${strange.number}, #${high.number}, #${low.number}.`,
    );
    await high.run({ state: 'held', step: 'design-approval' });
    expect(await low.progress()).toEqual([]);
    const did = stage.lines.flatMap((line) =>
      String(line['waking']).includes('code-developer') ? (line['did'] ?? []) : [],
    );
    // What was begun counts, and not what was thought of.
    expect(did).toEqual(['0 messages, 1 deed; there is more to start when a run of it has ended']);
    expect(await pass(0)).toEqual([]);

    // It says yes to its own approval, and to nothing else.
    await pass(5 * MINUTE_MS);
    await high.run({ state: 'succeeded' });
    const [pull] = await high.pulls();
    expect(await low.progress()).toEqual([]);

    // The next one is begun. Of the first the manager hears when the queue has room again.
    const makeRoom = await fillQueue();
    await pass(5 * MINUTE_MS);
    await low.run({ state: 'held', step: 'design-approval' });
    expect(await told()).toEqual(['question']);
    await pass(MINUTE_MS);
    expect(await told()).toEqual(['question']);
    await makeRoom();
    expect(await pass(MINUTE_MS)).toEqual(['code-developer']);
    expect(await told()).toEqual(['question', 'ready_for_verification']);
    expect(await pass(0)).toEqual(['project-manager']);
    await stage.as('boss').rest.pulls.merge({ ...PLACE, pull_number: pull?.number ?? 0 });
    await pass(15 * MINUTE_MS);
    const said = await high.said(pull?.number);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`Everything that has to hold for issue #${high.number} does.`);
    await low.run({ state: 'succeeded' });
    expect(await strange.said()).toHaveLength(1);

    // The message that the manager works on does not keep it from telling what comes of it.
    for (let wakings = 0; wakings < 4; wakings += 1) {
      await pass(15 * MINUTE_MS);
      await pass(0);
    }
    expect((await told()).toSorted()).toEqual([
      'pull_request_merged',
      'question',
      'ready_for_verification',
      'ready_for_verification',
    ]);
    expect((await scene.sent()).map(({ status }) => status)).not.toContain('failed');
  });

  it('says of code that people have added and merged by hand that nothing has judged it, and looks again', async () => {
    const { pass, open, stage } = scene;
    const { rest } = stage.as('boss');
    const rounded = adding('src/rounded.ts', 'export const rounded = 2;\n');
    await scene.play(goodAgents({ 'implementation.1': work('The sum is rounded.', rounded) }));
    const issue = await open('Add up by hand');
    await issue.label('maya', 'ready');
    await pass(5 * MINUTE_MS);
    await issue.run({ state: 'held', step: 'design-approval' });
    await pass(5 * MINUTE_MS);
    await issue.run({ state: 'succeeded' });
    const [pull] = await issue.pulls();
    const number = pull?.number ?? 0;
    const { data: pushed } = await stage.as('maya').rest.repos.createOrUpdateFileContents({
      ...PLACE,
      path: 'src/by-hand.ts',
      branch: pull?.head.ref ?? '',
      message: 'Round the sum',
      content: Buffer.from('export const round = Math.round;\n').toString('base64'),
    });
    await rest.pulls.merge({ ...PLACE, pull_number: number });
    // Not done after all, somebody says.
    await rest.issues.update({ ...PLACE, issue_number: issue.number, state: 'open' });
    async function check(): Promise<string> {
      const notes = (await issue.said(number)).filter((text) => text.includes('Definition of done'));
      expect(notes).toHaveLength(1);
      return notes[0] ?? '';
    }

    await pass(15 * MINUTE_MS);
    const judged = pull?.head.sha.slice(0, 7);
    const merged = pushed.commit.sha?.slice(0, 7);
    expect(await check()).toContain(`2 of 5 points do not hold for issue #${issue.number}.`);
    expect(await check()).toContain(
      `❌ What was merged is what was judged (the run ended at ${judged}, merged was ${merged}: nothing in between was judged)`,
    );
    expect(await check()).toContain(`❌ The issue is closed (#${issue.number} is still open)`);
    expect(await check()).toContain('✅ Every gate was green');

    await rest.issues.update({ ...PLACE, issue_number: issue.number, state: 'closed' });
    await pass(15 * MINUTE_MS);
    expect(await check()).toContain(`1 of 5 points does not hold for issue #${issue.number}.`);
  });

  it('tells people in one comment for which members GitHub is away for long, and that it is not any more', async () => {
    const { pass, stage } = scene;
    const { rest } = stage.as('boss');
    const { data: boards } = await rest.issues.listForRepo({ ...PLACE, labels: 'baton: team' });
    const number = boards[0]?.number ?? 0;
    let isAway = true;
    const listing = Object.assign(/\/issues$/, {
      test: (path: string) => isAway && path.endsWith('/issues'),
    });
    stage.simulator.inject({ method: 'GET', path: listing, status: 502, times: 1000 });
    const before = stage.lines.length;
    function levels(): readonly unknown[] {
      return stage.lines
        .slice(before)
        .filter(({ msg }) => msg === 'GitHub is away; the member tries again later')
        .filter((line) => line['member'] === 'code-developer')
        .map(({ level }) => level);
    }
    async function toldOf(): Promise<readonly string[]> {
      const { data } = await rest.issues.listComments({ ...PLACE, issue_number: number, per_page: 100 });
      return data
        .map(({ body = '' }) => body)
        .filter((body) => /^### .*GitHub (does not answer|answers again)$/m.test(body));
    }
    expect(await pass(16 * MINUTE_MS)).toContain('code-developer');
    expect(levels()).toEqual([WARN]);
    // As if that had been the fifth in a row.
    await query(
      stage.databaseUrl,
      `update baton.wakings set pressures = replace(pressures::text, '"times":1', '"times":5')::json`,
    );
    for (const times of [6, 7]) {
      expect(await pass(17 * MINUTE_MS)).toContain('code-developer');
      expect(levels()).toHaveLength(times - 4);
      expect(await toldOf()).toEqual([expect.stringMatching(/^- `code-developer`, since /m)]);
    }
    expect(levels()).toEqual([WARN, ERROR, WARN]);
    isAway = false;
    expect(await pass(17 * MINUTE_MS)).toContain('code-developer');
    expect(await toldOf()).toEqual([expect.stringContaining('GitHub answers again')]);
    await pass(17 * MINUTE_MS);
    expect(await toldOf()).toHaveLength(1);
  });

  it('goes on by what it was told before while the configuration has a fault, and says so where it reports', async () => {
    const { pass, report, stage, baton } = scene;
    const { rest } = stage.as('maya');
    const path = '.github/baton.yml';
    const { data: old } = await rest.repos.getContent({ ...PLACE, path });
    await rest.repos.createOrUpdateFileContents({
      ...PLACE,
      path,
      message: 'Enable it more',
      content: Buffer.from('team: { enabled: yes please }\n').toString('base64'),
      ...('sha' in old ? { sha: old.sha } : {}),
    });
    await baton.team.find();
    expect(await pass(15 * MINUTE_MS)).toContain('project-manager');
    expect(await report()).toContain('What the team was told before holds until it is mended.');
    expect(await report()).toContain('`team.enabled` is wrong');
    const environment = { PATH: process.env['PATH'], DATABASE_URL: stage.databaseUrl };
    const { out } = await cli(['team', 'status'], stage.directory, environment);
    expect(out).toContainEqual(
      expect.stringMatching(
        /^org-1\/sums: its settings have a fault, so those from before hold: \.github\/baton\.yml:1:\d+: `team\.enabled`/,
      ),
    );
  });
});
