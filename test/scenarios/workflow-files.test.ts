import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding } from '../support/patches.ts';
import type { Call } from '../support/recordings.ts';
import { GOOD_PATCH, goodAgents, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

const WORKFLOW = '.github/workflows/ci.yml';
/** An implementer who also writes what Actions runs. */
const WRITTEN: Call = work('With a pipeline.', `${GOOD_PATCH}${adding(WORKFLOW, 'on: push\n')}`);

const GRANTED = { owner: 'org-3', repo: 'sums' };

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([SMALL, SMALL, SMALL], {}, [2]);
});
afterAll(() => scene.stop());

async function openBuilding(at?: typeof GRANTED): Promise<Ticket> {
  await scene.play(
    goodAgents({ 'implementation.1': WRITTEN, 'implementation.2': work('Without.', GOOD_PATCH) }),
  );
  const ticket = await scene.open(at === undefined ? {} : { at });
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
  return ticket;
}

describe('scenarios/workflow-files', () => {
  it('a change of them is not pushed without the permission, and a person is told at once what to do', async () => {
    const ticket = await openBuilding();
    const held = await ticket.run({ state: 'held', step: 'implementation' });
    expect(held).toMatchObject({
      attempt: 1,
      last: { step: 'implementation', attempt: 1, outcome: 'broke' },
    });
    const [text = ''] = await ticket.progress();
    expect(text).toContain(`GitHub refused the work, because it changes ${WORKFLOW}`);
    expect(text).toContain('give the App the permission "workflows: write" (docs/guides/workflow-files.md');
    expect(text).not.toMatch(/remote rejected|git push/);
    expect(await ticket.branches()).toEqual([]);
    await ticket.comment('wilma', '/baton retry Leave .github/workflows alone.');
    await ticket.run({ state: 'succeeded' });
    expect(await ticket.pulls()).toHaveLength(1);
  });

  it('with the permission it is pushed, and held for a second person before anything goes on', async () => {
    const ticket = await openBuilding(GRANTED);
    await ticket.run({ state: 'held', step: 'gates' });
    const [branch] = await ticket.branches();
    const checks = await ticket.checks(branch?.commit.sha ?? '');
    expect(checks.find(({ name }) => name === 'baton / protected-files')?.conclusion).toBe('action_required');
    expect(await ticket.pulls()).toEqual([]);
    await ticket.comment('will', '/baton approve');
    await ticket.run({ decision: 'ignore' });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const { rest } = scene.stage.as('boss');
    const { data: files } = await rest.pulls.listFiles({ ...ticket.place, pull_number: pull?.number ?? 0 });
    expect(files.map(({ filename }) => filename)).toContain(WORKFLOW);
  });

  it('asks for the permission where it was granted, and only to push', () => {
    const mints = scene.stage.simulator.ledger().filter(({ kind }) => kind === 'apps/create-token');
    const asked = mints.filter(({ body }) => JSON.stringify(body).includes('workflows'));
    expect(asked.map(({ path }) => path)).toEqual(['/app/installations/2003/access_tokens']);
    expect(asked[0]?.body).toMatchObject({ permissions: { contents: 'write', workflows: 'write' } });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
