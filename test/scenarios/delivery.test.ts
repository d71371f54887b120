import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, setScene } from './scene.ts';
import { goodPhases, SUMS, TICKET } from './stories/delivery-story.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 12 }, () => SUMS));
}, 120_000);
afterAll(() => scene.stop());

async function deliver(calls = goodPhases(), ticket = TICKET): Promise<Ticket> {
  await scene.play(calls);
  const opened = await scene.open(ticket);
  await opened.label('will', 'baton:delivery');
  return opened;
}

describe('scenarios/delivery', { timeout: 60_000 }, () => {
  it('goes through seven phases to a pull request with all artefacts', async () => {
    const ticket = await deliver();
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const { data } = await scene.stage
      .as('boss')
      .rest.pulls.listFiles({ ...ticket.place, pull_number: pull?.number ?? 0 });
    expect(data.map(({ filename }) => filename)).toEqual([
      'docs/adr/ADR-1-sum.md',
      'docs/plan/SUM-7.md',
      'docs/security/SUM-7-threats.md',
      'src/sum.js',
      'test/sum.test.js',
    ]);
    const checks = await ticket.checks(pull?.head.sha ?? '');
    expect(checks.filter(({ name }) => name === 'baton / tests')).toMatchObject([{ conclusion: 'success' }]);
    expect(checks.filter(({ conclusion }) => conclusion === 'failure')).toEqual([]);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
