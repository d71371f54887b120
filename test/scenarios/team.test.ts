import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodAgents } from './agents.ts';
import { MINUTE_MS, PLACE, setTeamScene, type TeamScene } from './team-scene.ts';

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
  scene = await setTeamScene(SETTINGS, goodAgents());
}, 120_000);
afterAll(() => scene.stop());

describe('scenarios/team', { timeout: 120_000 }, () => {
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
    expect(await pass(0)).toEqual([]);

    // It says yes to its own approval, and to nothing else.
    await pass(5 * MINUTE_MS);
    await high.run({ state: 'succeeded' });
    const [pull] = await high.pulls();
    expect(await low.progress()).toEqual([]);

    // The next one; the manager hears of the first.
    await pass(5 * MINUTE_MS);
    await low.run({ state: 'held', step: 'design-approval' });
    await stage.as('boss').rest.pulls.merge({ ...PLACE, pull_number: pull?.number ?? 0 });
    await pass(15 * MINUTE_MS);
    const said = await high.said(pull?.number);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(`Everything that has to hold for issue #${high.number} does.`);
    await low.run({ state: 'succeeded' });
    expect(await strange.said()).toHaveLength(1);
  });
});
