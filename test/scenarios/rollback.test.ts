import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding } from '../support/patches.ts';
import { holding } from '../support/recordings.ts';
import { approving, goodAgents, rejecting, reporting, work } from './agents.ts';
import { correcting, openBuilding, openRejected, refusalOf } from './building.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 20 }, () => SMALL));
});
afterAll(() => scene.stop());

const SUM = adding('src/sum.ts', 'export const sum = 2;\n');

async function headOf(ticket: Ticket): Promise<string> {
  const [branch] = await ticket.branches();
  return branch?.commit.sha ?? 'none';
}

async function baseOf(ticket: Ticket): Promise<string> {
  const { data } = await scene.stage.as('boss').rest.repos.getBranch({ ...ticket.place, branch: 'main' });
  return data.commit.sha;
}

/** What Baton says at once to a command that it does not follow. */
async function answerTo(ticket: Ticket, text: string): Promise<string> {
  const id = await ticket.comment('will', text);
  await scene.handled();
  expect(await ticket.reactions(id)).toContain('confused');
  return (await ticket.said()).at(-1) ?? '';
}

async function cancel(ticket: Ticket): Promise<void> {
  await ticket.comment('will', '/baton cancel');
  await ticket.run({ state: 'cancelled' });
}

describe('scenarios/rollback', () => {
  it.each([
    ['triage', 'running', 'architecture', 2],
    ['architecture', 'held', 'design-approval', 2],
    ['design-approval', 'running', 'implementation', 4],
  ])(
    'to %s, before anything was written, puts the branch back to the base',
    async (to, state, step, attempt) => {
      const again = work('Again.', SUM);
      const ticket = await openRejected(scene, {
        'architecture.2': { ...work('Another design.'), delayMs: 300 },
        'implementation.4': { ...again, delayMs: 600_000 },
      });
      const asked = await headOf(ticket);
      const id = await ticket.comment('wilma', `/baton rollback ${to}`);
      await ticket.run({ state, step, attempt });
      expect(await ticket.reactions(id)).toContain('rocket');
      expect(await headOf(ticket)).toBe(await baseOf(ticket));
      const checks = await ticket.checks(asked);
      expect(checks.filter(({ conclusion }) => conclusion === 'action_required')).toEqual([]);
      const [text = ''] = await ticket.progress();
      expect(text).toMatch(/What people did \(1\)[\s\S]*`wilma` took it back to the end of/);
      expect(text).not.toContain('Implementation in full');
      expect(text).toMatch(/\| Review \|[^\n]*\| ▫️ to do \|/);
      await cancel(ticket);
    },
  );

  it('to a step that wrote puts the branch to its checkpoint, and the run goes on to its end', async () => {
    const ticket = await openBuilding(
      scene,
      goodAgents({
        'triage.1': reporting({ complexFeature: true }),
        'context.1': work('Decisions.', adding('docs/one.md', 'One.\n')),
        'context.2': work('Decisions, again.', adding('docs/two.md', 'Two.\n')),
        'review.1': rejecting('No.'),
        'implementation.2': {
          ...work('Never seen.', adding('src/never.ts', 'export {};\n')),
          delayMs: 600_000,
        },
        'review.2': approving,
      }),
    );
    await ticket.run({ state: 'running', step: 'implementation', attempt: 2 });
    const before = await headOf(ticket);
    await ticket.comment('will', '/baton rollback implementation Say which numbers.');
    await ticket.run({ decision: 'return', step: 'context', attempt: 2 });
    const checkpoint = await headOf(ticket);
    expect(checkpoint).not.toBe(before);
    expect(await ticket.shown()).toContainEqual(
      expect.stringMatching(/As `will` decided[\s\S]*Guidance from will: Say which numbers\./),
    );
    await ticket.run({ state: 'succeeded' });
    const [pull] = await ticket.pulls();
    const { data: files } = await scene.stage
      .as('will')
      .rest.pulls.listFiles({ ...ticket.place, pull_number: pull?.number ?? 0 });
    expect(files.map(({ filename }) => filename)).toEqual(['docs/two.md', 'src/sum.ts']);
    expect(pull?.body).not.toContain('docs/one.md');
  });

  it('takes back what a later step had told, and asks again for what depends on it', async () => {
    const ticket = await openBuilding(
      scene,
      goodAgents({
        'architecture.1': reporting({ dataModelChanges: true }, 'With a table.'),
        'database-design.1': work('One table.'),
        'architecture.2': { ...work('Without a table.'), delayMs: 300 },
        'implementation.1': { ...work('Never seen.', SUM), delayMs: 600_000 },
      }),
    );
    await ticket.run({ state: 'running', step: 'implementation' });
    await ticket.comment('will', '/baton rollback triage');
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 2 });
    const [text = ''] = await ticket.progress();
    expect(text).toContain('Without a table.');
    expect(text).not.toContain('One table.');
    expect(text).toMatch(/\| Database design \|[^\n]*➖ not needed/);
    await cancel(ticket);
  });

  it('stops the step that is running, however long it would take', async () => {
    const ticket = await openBuilding(
      scene,
      goodAgents({
        'implementation.1': { ...work('Never.', SUM), delayMs: 600_000 },
        'architecture.2': work('Two.'),
      }),
    );
    await ticket.run({ state: 'running', step: 'implementation' });
    await ticket.comment('will', '/baton rollback triage');
    await ticket.run({ decision: 'next', step: 'architecture', attempt: 2 });
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 2 });
    await cancel(ticket);
  });

  it('that cannot be is refused with why, and the step that is running goes on', async () => {
    const ticket = await openBuilding(
      scene,
      goodAgents({ 'implementation.1': holding(work('The sum.', SUM)) }),
    );
    await ticket.run({ state: 'running', step: 'implementation' });
    expect(await answerTo(ticket, '/baton rollback deployment')).toMatch(
      /There is no finished step deployment to go back to\. Done so far: triage, architecture, design-approval\./,
    );
    await scene.release();
    // It was not asked twice: the recording has one attempt, which was never interrupted.
    await ticket.run({ state: 'succeeded' });
    expect((await ticket.progress())[0]).not.toMatch(/\| Implementation \|[^\n]*attempt 2/);
    expect(await answerTo(ticket, '/baton rollback triage')).toMatch(
      /There is no run on this issue that `\/baton rollback`/,
    );
  });

  it('with nothing to take back says so', async () => {
    await scene.play(goodAgents());
    const ticket = await scene.open();
    await ticket.comment('will', '/baton run backend-feature');
    await ticket.run({ state: 'held', step: 'design-approval' });
    // The question of the approval has come since, so that much can be taken back.
    await scene.play(goodAgents({ 'architecture.2': holding(work('Two.')) }));
    await ticket.comment('will', '/baton rollback triage');
    await ticket.run({ state: 'running', step: 'architecture', attempt: 2 });
    expect(await answerTo(ticket, '/baton rollback triage')).toMatch(/nothing to take back/);
    await scene.release();
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 2 });
    await cancel(ticket);
  });

  it('moves nothing when somebody else has pushed meanwhile', async () => {
    const ticket = await openRejected(scene);
    const [branch] = await ticket.branches();
    await scene.stage.as('wilma').rest.repos.createOrUpdateFileContents({
      ...ticket.place,
      path: 'src/more.ts',
      branch: branch?.name ?? '',
      message: 'One more',
      content: Buffer.from('export const more = 3;\n').toString('base64'),
    });
    const pushed = await headOf(ticket);
    expect(await refusalOf(ticket, 'will', '/baton rollback architecture')).toMatch(
      /is not where this run left it, so it was not put back\. Put it to [0-9a-f]{40}/,
    );
    expect(await headOf(ticket)).toBe(pushed);
    expect((await ticket.progress())[0]).toContain('Review has rejected the work 3 times');
    await cancel(ticket);
  });

  it('also takes back what an escalated writer has left on the branch', async () => {
    const question = {
      kind: 'work',
      summary: 'Half of it.',
      escalation: {
        trigger: 'conflict',
        issue: 'Which?',
        options: [{ title: 'This', tradeOff: 'No other.' }],
      },
    };
    const ticket = await openBuilding(
      scene,
      goodAgents({
        'implementation.1': { report: question, patch: SUM },
        'architecture.2': work('Two.'),
        'implementation.2': work('Whole.', SUM),
      }),
    );
    await ticket.run({ state: 'held', step: 'implementation' });
    expect(await headOf(ticket)).not.toBe(await baseOf(ticket));
    await ticket.comment('will', '/baton rollback triage');
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 2 });
    expect(await headOf(ticket)).toBe(await baseOf(ticket));
    await ticket.comment('will', '/baton approve');
    await ticket.run({ state: 'succeeded' });
  });

  it('counts rejections anew', async () => {
    const ticket = await openRejected(scene, {
      'implementation.4': correcting(1),
      'review.4': approving,
    });
    await ticket.comment('will', '/baton rollback gates');
    await ticket.run({ state: 'succeeded' });
    expect((await ticket.pulls())[0]?.body).not.toContain('accepted by a person');
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
