import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES, RECORDING_GATE_FAILURE } from '../support/examples.ts';
import { adding, replacing } from '../support/patches.ts';
import { type Calls, holding, readRecording } from '../support/recordings.ts';
import { approving, goodAgents, rejecting, work } from './agents.ts';
import { buttonsOf, press } from './press.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

/** A repository whose test needs a program that nobody has. */
const TOOLLESS = { ...SMALL, 'package.json': '{"scripts":{"test":"no-such-program"}}\n' };

let scene: Scene;
beforeAll(async () => {
  const ordersApi = Object.fromEntries(
    await Promise.all(
      [
        'README.md',
        'biome.json',
        'package.json',
        'tsconfig.json',
        'src/api.ts',
        'src/node.d.ts',
        'src/order-store.ts',
        'src/order.ts',
        'src/server.ts',
        'test/api.test.ts',
        'test/server.test.ts',
      ].map(async (path) => [path, await readFile(join(EXAMPLES, 'orders-api', path), 'utf8')] as const),
    ),
  );
  scene = await setScene([ordersApi, TOOLLESS, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL]);
});
afterAll(() => scene.stop());

/** Starts a run and approves its design. */
async function openBuilding(calls: Calls): Promise<Ticket> {
  await scene.play(calls);
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
  return ticket;
}

/** The check run by which a person is asked about the gates. */
const DECISION = 'baton / gates (decision)';

async function checksOf(ticket: Ticket, wanted: string) {
  const [branch] = await ticket.branches();
  const checks = await ticket.checks(branch?.commit.sha ?? '');
  return checks.filter(({ name }) => name === wanted);
}

async function conclusionsOf(ticket: Ticket, wanted: string) {
  return (await checksOf(ticket, wanted)).map(({ conclusion }) => conclusion);
}

/** Presses the button of the check run that asks whose label begins like this. */
async function pressLabelled(ticket: Ticket, label: string): Promise<void> {
  const button = buttonsOf(scene, ticket, DECISION).find((one) => one.label.startsWith(label));
  await press(scene, ticket, { as: 'will', check: DECISION, identifier: button?.identifier ?? label });
}

/** An agent whose first change is never good enough for the review. */
const NEVER_GOOD: Calls = goodAgents({
  'implementation.2': work(
    'Better.',
    replacing('src/sum.ts', 'export const sum = 2;\n', 'export const sum = 3;\n'),
  ),
  'implementation.3': work(
    'Best.',
    replacing('src/sum.ts', 'export const sum = 3;\n', 'export const sum = 4;\n'),
  ),
  'review.1': rejecting('The sum is 3.'),
  'review.2': rejecting('The sum is 4.'),
  'review.3': rejecting('The sum is 5.'),
});

describe('scenarios/rejections', () => {
  it('a failed gate sends the work back with its findings, and the next attempt passes', async () => {
    const { 'implementation.2': mended = expect.fail('there is no second attempt'), ...calls } =
      await readRecording(RECORDING_GATE_FAILURE);
    const ticket = await openBuilding({ ...calls, 'implementation.2': holding(mended) });
    const back = await ticket.run({ decision: 'return', step: 'implementation', attempt: 2 });
    expect(back.last).toMatchObject({ step: 'gates', outcome: 'rejected' });
    const [branch] = await ticket.branches();
    const failed = await ticket.checks(branch?.commit.sha ?? '');
    const format = failed.find(({ name }) => name === 'baton / format');
    expect(format?.conclusion).toBe('failure');
    await scene.release();
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const checks = await ticket.checks(pull?.head.sha ?? '');
    expect(checks.find(({ name }) => name === 'baton / format')?.conclusion).toBe('success');
    expect(checks.every(({ status }) => status === 'completed')).toBe(true);
  });

  it('a gate whose program is missing is no pass: a person is asked, also with buttons', async () => {
    const ticket = await openBuilding(goodAgents());
    await ticket.run({ state: 'held', step: 'gates', outcome: 'broke' });
    expect((await ticket.progress())[0]).toMatch(/Gates could not be done[\s\S]*BATON_TOOLS/);
    expect(await conclusionsOf(ticket, 'baton / tests')).toEqual(['action_required']);
    await pressLabelled(ticket, '1: Do Gates again');
    await ticket.run({ decision: 'return', step: 'gates', attempt: 2 });
    await ticket.run({ state: 'held', step: 'gates', attempt: 2 });
    await pressLabelled(ticket, '2: End the run');
    await ticket.run({ state: 'cancelled' });
    expect(await conclusionsOf(ticket, DECISION)).not.toContain('action_required');
  });

  it('a design that is sent back three times asks how to go on', async () => {
    const designs = goodAgents({
      'architecture.2': work('Two.'),
      'architecture.3': work('Three.'),
      'architecture.4': work('Four.'),
    });
    await scene.play(designs);
    const ticket = await scene.open();
    await ticket.comment('will', '/baton run');
    for (const nth of [1, 2, 3]) {
      await ticket.run({ state: 'held', step: 'design-approval', attempt: nth });
      await ticket.comment('will', `/baton reject Not number ${nth}.`);
    }
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 3 }, 2);
    expect((await ticket.progress())[0]).toMatch(/Approval of the design has rejected the work 3 times/);
    await ticket.comment('will', '/baton retry Number four, please.');
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 4 });
    expect((await ticket.progress())[0]).toContain('Four.');
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
  });

  it('a review that rejects three times asks a person, who can let it go on', async () => {
    const ticket = await openBuilding(NEVER_GOOD);
    await ticket.run({ decision: 'return', step: 'implementation', attempt: 3 });
    const held = await ticket.run({ state: 'held', step: 'review' });
    expect(held.last?.attempt).toBe(3);
    const [asked = ''] = await ticket.progress();
    for (const words of [
      'Review has rejected the work 3 times',
      '/baton retry <guidance>',
      '`/baton choose 3`',
      'The sum is 5.',
      'Recommendation',
    ]) {
      expect(asked).toContain(words);
    }
    expect(await ticket.labels()).toContain('baton: waiting');
    const refused = await ticket.comment('will', '/baton approve');
    await ticket.run({ decision: 'ignore' });
    expect(await ticket.reactions(refused)).toContain('confused');

    await scene.play({
      ...NEVER_GOOD,
      'implementation.4': work(
        'As told.',
        replacing('src/sum.ts', 'export const sum = 4;\n', 'export const sum = 5;\n'),
      ),
      'implementation.5': work(
        'Once more.',
        replacing('src/sum.ts', 'export const sum = 5;\n', 'export const sum = 6;\n'),
      ),
      'review.4': rejecting('The sum is 6.'),
      'review.5': approving,
    });
    await ticket.comment('will', '/baton retry The sum is 6, and that is final.');
    await ticket.run({ decision: 'return', step: 'implementation', attempt: 4 });
    // The counter is cleared: a fourth rejection is the first of a new row.
    await ticket.run({ decision: 'return', step: 'implementation', attempt: 5 });
    await ticket.run({ state: 'succeeded' });
    const told = scene.stage.simulator
      .ledger()
      .filter(({ kind, path }) => kind === 'issues/update-comment' && path.includes(ticket.place.owner))
      .map(({ body }) => JSON.stringify(body));
    expect(told.some((text) => text.includes('The sum is 6, and that is final.'))).toBe(true);
    expect(await ticket.labels()).not.toContain('baton: waiting');
  });

  it('an escalated run can be cancelled; its branch stays', async () => {
    const ticket = await openBuilding(NEVER_GOOD);
    await ticket.run({ state: 'held', step: 'review' });
    const id = await ticket.comment('will', '/baton cancel Not worth it.');
    await ticket.run({ state: 'cancelled' });
    expect(await ticket.reactions(id)).toEqual(['eyes', 'rocket']);
    expect((await ticket.progress())[0]).toMatch(/Cancelled by `will`[\s\S]*Not worth it\./);
    expect(await ticket.branches()).toHaveLength(1);
    expect(await ticket.pulls()).toEqual([]);
  });

  it('an agent that breaks is no pass: a person is asked, and a retry goes on from there', async () => {
    const { 'implementation.1': _missing, ...others } = goodAgents();
    const ticket = await openBuilding(others);
    const held = await ticket.run({ state: 'held', step: 'implementation' });
    expect(held.last?.outcome).toBe('broke');
    const [asked = ''] = await ticket.progress();
    expect(asked).toMatch(/Implementation could not be done/);
    await scene.play(
      goodAgents({
        'implementation.2': work('The sum is there.', adding('src/sum.ts', 'export const sum = 2;\n')),
      }),
    );
    await ticket.comment('will', '/baton retry');
    await ticket.run({ state: 'succeeded' });
  });

  it('a report without the right form is asked for again, and then a person is asked', async () => {
    const junk = { report: { kind: 'work', summary: '' } };
    const ticket = await openBuilding(
      goodAgents({ 'implementation.1': junk, 'implementation.2': junk, 'implementation.3': junk }),
    );
    await ticket.run({ decision: 'repeat', step: 'implementation', attempt: 3 });
    await ticket.run({ state: 'held', step: 'implementation' });
    expect((await ticket.progress())[0]).toMatch(/does not have the form of a work report/);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
  });

  it('an agent that says it worked but changed nothing has not worked', async () => {
    const idle = work('All done!');
    const ticket = await openBuilding(
      goodAgents({ 'implementation.1': idle, 'implementation.2': idle, 'implementation.3': idle }),
    );
    await ticket.run({ state: 'held', step: 'implementation' });
    expect((await ticket.progress())[0]).toMatch(/reported work in implementation but changed no file/);
    expect(await ticket.branches()).toEqual([]);
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
