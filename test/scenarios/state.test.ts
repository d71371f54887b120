import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baton } from '../cli/run-cli.ts';
import { adding } from '../support/patches.ts';
import { goodAgents, rejecting, work } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';

const STATEFUL = { ...SMALL, '.github/baton.yml': 'delivery: { stateFile: true }\n' };
const FILE = '.claude/state/PROJ-7.json';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene([STATEFUL, SMALL]);
});
afterAll(() => scene.stop());

async function stateOf(id: string): Promise<Readonly<Record<string, unknown>>> {
  const environment = { PATH: process.env['PATH'] ?? '', DATABASE_URL: scene.stage.databaseUrl };
  const { code, out } = await baton(['state', id], scene.stage.directory, environment);
  expect(code).toBe(0);
  return JSON.parse(out.join('\n'));
}

async function begin(): Promise<{ ticket: Ticket; id: string }> {
  await scene.play(
    goodAgents({
      'implementation.2': work('Better.', adding('src/more.ts', 'export const more = 1;\n')),
      'review.1': rejecting('The sum is 3.'),
      'review.2': goodAgents()['review.1'] ?? work('Good.'),
    }),
  );
  const ticket = await scene.open({ title: 'PROJ-7: add up' });
  await ticket.label('will', 'baton:backend-feature');
  const { runId } = await ticket.run({ state: 'held', step: 'design-approval' });
  return { ticket, id: runId };
}

describe('scenarios/state', () => {
  it('is always to be had from the server, and on the branch with each checkpoint where that is wanted', async () => {
    const { ticket, id } = await begin();
    expect(await stateOf(id)).toMatchObject({
      ticket: 'PROJ-7',
      workflow: 'backend-feature',
      state: 'held',
      current_phase: 'design_approval',
      attempt: 1,
      gates_passed: [],
    });
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });

    const [pull] = await ticket.pulls();
    const head = pull?.head.sha ?? '';
    const written = JSON.parse((await ticket.fileAt(head, FILE)) ?? 'null');
    // The state in which the second attempt began.
    expect(written).toMatchObject({ ticket: 'PROJ-7', run: id, current_phase: 'implementation', attempt: 2 });
    const { data: commits } = await scene.stage
      .as('boss')
      .rest.pulls.listCommits({ ...ticket.place, pull_number: pull?.number ?? 0 });
    const shas = commits.map(({ sha }) => sha);
    expect(shas).toHaveLength(4);
    expect(written.rollback_points.pre_implementation).toBe(`git:${shas[1]}`);
    expect(written.gates_passed).toEqual(['gates']);
    const checks = await ticket.checks(head);
    expect(checks.find(({ name }) => name === 'baton / protected-files')?.conclusion).toBe('success');

    const ended = await stateOf(id);
    expect(ended).toMatchObject({ state: 'succeeded', current_phase: null });
    expect(ended['rollback_points']).toMatchObject({ implementation: `git:${head}` });
  });

  it('is on no branch where nobody asked for it', async () => {
    const { ticket, id } = await begin();
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    await expect(ticket.fileAt(pull?.head.sha ?? '', FILE)).rejects.toThrow(/Not Found/);
    expect(await stateOf(id)).toMatchObject({ gates_passed: ['gates'] });
  });
});
