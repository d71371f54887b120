import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Baton } from '../../src/composition/baton.ts';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import { createMovableClock, startOwnBaton } from '../support/own-baton.ts';
import { writeRecording } from '../support/recordings.ts';
import { type Stage, setStage } from '../support/stage.ts';
import { goodAgents } from './agents.ts';
import { openTicket, type Ticket } from './ticket.ts';

const PLACE = { owner: 'org-1', repo: 'sums' };
const MINUTE_MS = 60_000;

const SETTINGS = `
team:
  enabled: true
  members:
    code_developer:
      workflow: backend-feature
      autoApprove: true
    architect: { enabled: false }
    assistant: { enabled: false }
    code_searcher: { enabled: false }
    ux_design_expert: { enabled: false }
`;

const FILES = {
  'README.md': '# Sums\n',
  'src/total.ts': 'export const total = 1;\n',
  '.github/baton.yml': SETTINGS,
};

const clock = createMovableClock();
let recording: string;
let stage: Stage;
let baton: Baton;
beforeAll(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  await writeRecording(recording, goodAgents());
  const { app } = toDemoSeed();
  stage = await setStage({
    recording,
    seed: {
      users: ['boss', 'maya', 'rita'],
      organizations: [{ login: 'org-1', owners: ['boss'] }],
      repositories: [
        {
          owner: 'org-1',
          name: 'sums',
          files: FILES,
          roles: { maya: 'maintain', rita: 'triage' },
          labels: ['ready', 'high', 'low', 'critical'],
        },
      ],
      app: { ...app, owner: 'org-1' },
      installations: [{ id: 2001, account: 'org-1' }],
    },
  });
  baton = await startOwnBaton(stage, clock);
}, 120_000);
afterAll(async () => {
  await baton.stop();
  await stage.stop();
  await rm(recording, { recursive: true, force: true });
});

/** Lets time pass, wakes whoever is due, and waits until they sleep again. Returns what they were woken for. */
async function pass(ms: number): Promise<readonly string[]> {
  clock.move(ms);
  const ids = await baton.team.wake();
  await Promise.all(ids.map(slept));
  return ids;
}

function slept(id: string): Promise<unknown> {
  return stage.heard(({ msg, ...line }) =>
    msg === 'a member of the team has done its work' && line['waking'] === id ? true : null,
  );
}

function open(title: string): Promise<Ticket> {
  return openTicket(stage, PLACE, { by: 'boss', title });
}

async function boardText(): Promise<string> {
  const { rest } = stage.as('boss');
  const { data } = await rest.issues.listForRepo({ ...PLACE, labels: 'baton: team' });
  const { data: comments } = await rest.issues.listComments({ ...PLACE, issue_number: data[0]?.number ?? 0 });
  expect(data).toHaveLength(1);
  expect(comments).toHaveLength(1);
  return comments[0]?.body ?? '';
}

describe('scenarios/team', { timeout: 120_000 }, () => {
  it('takes the most urgent issue that a person has called ready, proposes it, and checks it after the merge', async () => {
    await baton.team.find();
    const low = await open('Add up slowly');
    const high = await open('Add up at once');
    const strange = await open('Add up for me');
    await low.label('maya', 'ready');
    await low.label('maya', 'low');
    await high.label('maya', 'ready');
    await high.label('maya', 'high');
    // A label of somebody who may not write is no order.
    await strange.label('rita', 'ready');
    await strange.label('rita', 'critical');

    const first = await pass(MINUTE_MS);
    expect(first.map((id) => id.split(':')[2])).toEqual(['code-developer', 'project-manager']);
    expect(await strange.said()).toEqual([expect.stringContaining('Nothing was started')]);
    expect(await boardText()).toContain(
      `**Ready, the most urgent first:** #${strange.number}, #${high.number}, #${low.number}.`,
    );

    // What came to nothing does not stand in the way.
    await pass(5 * MINUTE_MS);
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
    expect(await boardText()).not.toContain(`#${high.number},`);
    expect(await strange.said()).toHaveLength(1);
  });
});
