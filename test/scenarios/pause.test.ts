import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding } from '../support/patches.ts';
import { holding } from '../support/recordings.ts';
import { goodAgents, rejecting, work } from './agents.ts';
import { correcting, openBuilding, openRejected, refusalOf } from './building.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 14 }, () => SMALL));
});
afterAll(() => scene.stop());

const SUM = adding('src/sum.ts', 'export const sum = 2;\n');
const SLOW = goodAgents({ 'implementation.1': { ...work('The sum.', SUM), delayMs: 600_000 } });

/** A run that was paused while it implemented. */
async function openPaused(): Promise<Ticket> {
  const ticket = await openBuilding(scene, SLOW);
  await ticket.run({ state: 'running', step: 'implementation' });
  await ticket.comment('will', '/baton pause The release comes first.');
  await ticket.run({ state: 'held', step: 'implementation' });
  return ticket;
}

async function explained(ticket: Ticket): Promise<string> {
  await ticket.comment('tess', '/baton explain');
  await scene.handled();
  return (await ticket.said()).at(-1) ?? '';
}

describe('scenarios/pause', () => {
  it('stops the step at once and shows it; resumed, the same attempt is made again', async () => {
    const ticket = await openBuilding(scene, SLOW);
    await ticket.run({ state: 'running', step: 'implementation' });
    const id = await ticket.comment('will', '/baton pause The release comes first.');
    await ticket.run({ state: 'held', step: 'implementation', attempt: 1 });
    expect(await ticket.reactions(id)).toContain('rocket');
    const [text = ''] = await ticket.progress();
    expect(text).toMatch(/### ⏸️ Paused: Implementation/);
    expect(text).toMatch(/Paused by will[\s\S]*The release comes first\./);
    expect(text).toContain('`/baton resume`');
    expect(text).toMatch(/\| Implementation \|[^\n]*⏸️ paused/);
    expect(await ticket.labels()).toContain('baton: waiting');
    expect(await explained(ticket)).toMatch(
      /Paused: Implementation[\s\S]*The release comes first\.[\s\S]*`\/baton resume`/,
    );

    await scene.play(goodAgents());
    await ticket.comment('wilma', '/baton resume');
    await ticket.run({ decision: 'repeat', step: 'implementation', attempt: 1 });
    expect(await ticket.labels()).not.toContain('baton: waiting');
    await ticket.run({ state: 'succeeded' });
    expect((await ticket.progress())[0]).toMatch(
      /What people did \(2\)[\s\S]*`will` paused it in Implementation: The release[\s\S]*`wilma` let it go on/,
    );
    expect(await ticket.pulls()).toHaveLength(1);
  });

  it('keeps what the step was told', async () => {
    const ticket = await openBuilding(
      scene,
      goodAgents({
        'review.1': rejecting('The sum is 3.'),
        'implementation.2': { ...correcting(2), delayMs: 600_000 },
      }),
    );
    await ticket.run({ state: 'running', step: 'implementation', attempt: 2 });
    await ticket.comment('will', '/baton pause');
    await ticket.run({ state: 'held', step: 'implementation', attempt: 2 });
    await scene.play(goodAgents({ 'implementation.2': { ...correcting(2), delayMs: 600_000 } }));
    await ticket.comment('will', '/baton resume');
    await ticket.run({ decision: 'repeat', step: 'implementation', attempt: 2 });
    expect((await ticket.progress())[0]).toMatch(/Again, because Review sent it back[\s\S]*The sum is 3\./);
    expect(await explained(ticket)).toMatch(/being done again, because Review sent it back/);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
    expect(await explained(ticket)).toMatch(/Cancelled by `will`/);
  });

  it('is refused where the run waits already, or has nothing to resume', async () => {
    const ticket = await openPaused();
    expect(await refusalOf(ticket, 'will', '/baton pause')).toMatch(/waits already/);
    expect(await refusalOf(ticket, 'will', '/baton approve', 2)).toMatch(
      /is paused\. Answer `\/baton resume`/,
    );
    expect(await refusalOf(ticket, 'will', '/baton choose 1', 3)).toMatch(/is paused/);
    await scene.play(goodAgents({ 'implementation.1': holding(work('The sum.', SUM)) }));
    await ticket.comment('will', '/baton resume');
    await ticket.run({ decision: 'repeat', step: 'implementation' });
    await ticket.comment('will', '/baton resume');
    await scene.handled();
    await scene.release();
    await ticket.run({ state: 'succeeded' });
    expect(await ticket.said()).toContainEqual(expect.stringMatching(/Nothing is waiting for an answer/));
    expect(await explained(ticket)).toMatch(/It has done all its steps/);

    await scene.play(goodAgents());
    const held = await scene.open();
    expect(await explained(held)).toMatch(/There is no run on this issue/);
    await held.comment('will', '/baton run backend-feature');
    await held.run({ state: 'held', step: 'design-approval' });
    expect(await refusalOf(held, 'will', '/baton pause')).toMatch(/waits already/);
    expect(await explained(held)).toMatch(/waits for an approval/);
    await held.comment('will', '/baton cancel');
    await held.run({ state: 'cancelled' });
  });

  it('twice pauses twice', async () => {
    const ticket = await openPaused();
    await ticket.comment('will', '/baton resume');
    await ticket.run({ decision: 'repeat', step: 'implementation' });
    await ticket.comment('will', '/baton pause Once more.');
    await ticket.run({ state: 'held', step: 'implementation' }, 2);
    expect((await ticket.progress())[0]).toMatch(/What people did \(3\)/);
    await ticket.comment('will', '/baton cancel Enough.');
    await ticket.run({ state: 'cancelled' });
    expect((await ticket.progress())[0]).toMatch(/Cancelled by `will`[\s\S]*Enough\./);
    expect(await ticket.labels()).not.toContain('baton: waiting');
  });

  it('can be followed by a rollback', async () => {
    const ticket = await openPaused();
    await scene.play(goodAgents({ 'architecture.2': work('Another design.') }));
    await ticket.comment('will', '/baton rollback triage');
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 2 });
    expect((await ticket.progress())[0]).toContain('Another design.');
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
  });

  it('does not hold back a cancel, and a question explains itself', async () => {
    const ticket = await openRejected(scene);
    const text = await explained(ticket);
    expect(text).toMatch(/Review has rejected the work 3 times/);
    expect(text.match(/What was tried/g)).toHaveLength(1);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
