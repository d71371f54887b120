import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding } from '../support/patches.ts';
import type { Calls } from '../support/recordings.ts';
import { holding } from '../support/recordings.ts';
import { GOOD_PATCH, goodAgents, work } from './agents.ts';
import { type Overlay, type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 16 }, () => SMALL));
});
afterAll(() => scene.stop());

/** The implementation touches settings of GitHub's own, which a second person must release. */
const PROTECTED: Calls = goodAgents({
  'implementation.1': work(
    'The sum is there.',
    `${GOOD_PATCH}${adding('.github/dependabot.yml', 'version: 2\n')}`,
  ),
});

/** An issue whose run, requested by will, waits for the approval of its design. */
async function openHeld(calls: Calls = goodAgents()): Promise<Ticket> {
  await scene.play(calls);
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run');
  await ticket.run({ state: 'held', step: 'design-approval' });
  return ticket;
}

/** The same, a step later: its change waits for a release by a second person. */
async function openSecurityHeld(): Promise<Ticket> {
  const ticket = await openHeld(PROTECTED);
  await ticket.comment('will', '/baton approve');
  await ticket.run({ state: 'held', step: 'gates' });
  return ticket;
}

async function digestOf(ticket: Ticket): Promise<string> {
  const [text = ''] = await ticket.progress();
  return /\/baton approve ([0-9a-f]{12})/.exec(text)?.[1] ?? 'none';
}

/** The check run on the run's branch that has buttons. */
async function holdCheck(ticket: Ticket) {
  const [branch] = await ticket.branches();
  const checks = await ticket.checks(branch?.commit.sha ?? '');
  const check = checks.find(({ name }) => name === 'baton / gates');
  if (check === undefined) {
    throw new Error('there is no check run that waits');
  }
  return check;
}

/** Presses a button as GitHub's pages do. */
async function press(login: string, ticket: Ticket, identifier: string): Promise<void> {
  const { id } = await holdCheck(ticket);
  await scene.stage.as(login).request('POST /repos/{owner}/{repo}/check-runs/{id}/requested_action', {
    ...ticket.place,
    id,
    identifier,
  });
}

/** What changes the newest check run delivery into a press of a button. */
async function toPress(
  ticket: Ticket,
  identifier: string,
  sender: { readonly id: number; readonly login: string },
): Promise<Overlay> {
  const {
    id,
    external_id: externalId,
    started_at: startedAt,
    completed_at: completedAt,
  } = await holdCheck(ticket);
  return {
    action: 'requested_action',
    sender: { ...sender, type: 'User' },
    requested_action: { identifier },
    check_run: { id, external_id: externalId, started_at: startedAt, completed_at: completedAt },
    repository: await repositoryOf(ticket),
    installation: { id: 2000 + Number(ticket.place.owner.replace('org-', '')) },
  };
}

async function repositoryOf({ place }: Ticket) {
  const { data } = await scene.stage.as('boss').rest.repos.get(place);
  return { id: data.id, name: data.name, owner: { login: data.owner.login } };
}

describe('scenarios/approvals', () => {
  it('given before there is anything to approve do not count', async () => {
    await scene.play(goodAgents({ 'architecture.1': holding(work('One new file.')) }));
    const ticket = await scene.open();
    await ticket.comment('will', '/baton run');
    await ticket.run({ state: 'running', step: 'architecture' });
    const id = await ticket.comment('will', '/baton approve');
    await scene.handled();
    await scene.release();
    await ticket.run({ state: 'held', step: 'design-approval' });
    expect(await ticket.reactions(id)).toEqual(['eyes', 'confused']);
    expect(await ticket.said()).toContainEqual(expect.stringMatching(/Nothing was done/));
  });

  it('with the digest of something else do not count, with the right one they do', async () => {
    const ticket = await openHeld();
    const wrong = await ticket.comment('will', '/baton approve 000000000000');
    await ticket.run({ decision: 'ignore' });
    expect(await ticket.reactions(wrong)).toEqual(['eyes', 'confused']);
    const digest = await digestOf(ticket);
    expect(await ticket.said()).toContainEqual(expect.stringContaining(`what waits now is ${digest}`));
    await ticket.comment('will', `/baton approve ${digest}`);
    await ticket.run({ state: 'succeeded' });
    expect(await ticket.pulls()).toHaveLength(1);
  });

  it('that are sent back with a reason let the architect work again, with the reason', async () => {
    const ticket = await openHeld(
      goodAgents({ 'architecture.2': work('Two new files.'), 'implementation.1': work('Done.', GOOD_PATCH) }),
    );
    await ticket.comment('wilma', '/baton reject Split it into two files.');
    await ticket.run({ decision: 'return', step: 'architecture', attempt: 2 });
    await ticket.run({ state: 'held', step: 'design-approval', attempt: 2 });
    const told = scene.stage.simulator
      .ledger()
      .filter(({ kind, path }) => kind === 'issues/update-comment' && path.includes(ticket.place.owner))
      .map(({ body }) => JSON.stringify(body));
    expect(told.filter((text) => text.includes('Split it into two files.')).length).toBeGreaterThan(0);
    expect((await ticket.progress())[0]).toContain('Two new files.');
    await ticket.comment('wilma', '/baton approve');
    await ticket.run({ state: 'succeeded' });
  });

  it('of two people at once let the run go on once', async () => {
    const ticket = await openHeld();
    const ids = await Promise.all(['will', 'wilma'].map((login) => ticket.comment(login, '/baton approve')));
    await ticket.run({ state: 'succeeded' });
    await scene.handled();
    // An approval that reaches the run at its end is answered after that.
    await expect
      .poll(async () => {
        const outcomes = await Promise.all(ids.map((id) => ticket.reactions(id)));
        return new Set(outcomes.map((contents) => contents.at(-1)));
      })
      .toEqual(new Set(['confused', 'rocket']));
    expect(await ticket.pulls()).toHaveLength(1);
    expect(await ticket.branches()).toHaveLength(1);
  });

  describe('of a security hold', () => {
    it('are shown as a check run with buttons, and four eyes are needed', async () => {
      const ticket = await openSecurityHeld();
      const check = await holdCheck(ticket);
      expect(check).toMatchObject({ status: 'completed', conclusion: 'action_required' });
      expect(await ticket.labels()).toContain('baton: waiting');
      const own = await ticket.comment('will', '/baton approve');
      await ticket.run({ decision: 'ignore' });
      expect(await ticket.reactions(own)).toEqual(['eyes', 'confused']);
      expect(await ticket.said()).toContainEqual(expect.stringMatching(/needs a second person/));

      await press('will', ticket, `approve:${await digestOf(ticket)}`);
      await ticket.run({ decision: 'ignore' }, 2);
      await press('wilma', ticket, `approve:${await digestOf(ticket)}`);
      await ticket.run({ state: 'succeeded' });
      expect(await holdCheck(ticket)).toMatchObject({ conclusion: 'success' });
      const [pull] = await ticket.pulls();
      expect(pull?.body).toMatch(/released by `wilma`/);
      expect(await ticket.labels()).not.toContain('baton: waiting');
    });

    it('do not count when somebody without write access presses the button', async () => {
      const ticket = await openSecurityHeld();
      const { id } = (await scene.stage.as('tess').rest.users.getAuthenticated()).data;
      const identifier = `approve:${await digestOf(ticket)}`;
      await expect(press('tess', ticket, identifier)).rejects.toThrow();
      // GitHub itself shows them no button. A delivery that says otherwise is looked at again.
      await scene.deliver('check_run', await toPress(ticket, identifier, { id, login: 'tess' }));
      expect((await ticket.said()).at(-1)).toMatch(
        /Nothing was done: `\/baton approve` needs \*\*write\*\* access/,
      );
      expect(await ticket.labels()).toContain('baton: waiting');
    });

    it('count once when the button is pressed twice and both presses are delivered twice', async () => {
      const ticket = await openSecurityHeld();
      const identifier = `approve:${await digestOf(ticket)}`;
      const { id } = (await scene.stage.as('wilma').rest.users.getAuthenticated()).data;
      const pressing = await toPress(ticket, identifier, { id, login: 'wilma' });
      scene.stage.simulator.injectDelivery({
        event: 'check_run',
        action: 'requested_action',
        fault: 'duplicate',
      });
      // Once a press counts, GitHub shows no button any more: none does before the button has been pressed.
      const pressed = Promise.withResolvers<void>();
      scene.stage.simulator.inject({
        path: new RegExp(`^/repos/${ticket.place.owner}/sums/collaborators/wilma/permission$`),
        times: 3,
        hold: () => pressed.promise,
      });
      await Promise.all([
        press('wilma', ticket, identifier).then(pressed.resolve),
        scene.deliver('check_run', pressing),
        scene.deliver('check_run', pressing),
      ]);
      await ticket.run({ state: 'succeeded' });
      await scene.handled();
      expect(await ticket.said()).toHaveLength(1);
      expect(await ticket.pulls()).toHaveLength(1);
    });

    it('are void when somebody pushed to the branch, and asked for again on what is there now', async () => {
      const ticket = await openSecurityHeld();
      const [branch] = await ticket.branches();
      const before = branch?.commit.sha ?? '';
      await scene.stage.as('wilma').rest.repos.createOrUpdateFileContents({
        ...ticket.place,
        path: 'src/more.ts',
        branch: branch?.name ?? '',
        message: 'One more',
        content: Buffer.from('export const more = 3;\n').toString('base64'),
      });
      const id = await ticket.comment('wilma', `/baton approve ${await digestOf(ticket)}`);
      await ticket.run({ decision: 'repeat', step: 'gates' });
      await ticket.run({ state: 'held', step: 'gates', attempt: 2 });
      expect(await ticket.said()).toContainEqual(
        expect.stringMatching(/The approval does not count: the branch moved/),
      );
      expect(await ticket.reactions(id)).toEqual(['eyes', 'confused']);
      const [moved] = await ticket.branches();
      expect(moved?.commit.sha).not.toBe(before);
      const old = (await ticket.checks(before)).find(({ name }) => name === 'baton / gates');
      expect(old).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
      await ticket.comment('wilma', '/baton approve');
      await ticket.run({ state: 'succeeded' });
      const [pull] = await ticket.pulls();
      expect(pull?.head.sha).toBe(moved?.commit.sha);
    });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
