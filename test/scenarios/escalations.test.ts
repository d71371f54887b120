import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adding } from '../support/patches.ts';
import type { Call } from '../support/recordings.ts';
import { holding } from '../support/recordings.ts';
import { approving, goodAgents, rejecting, work } from './agents.ts';
import { correcting, openBuilding, openRejected, refusalOf } from './building.ts';
import { buttonsOf, press } from './press.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 26 }, () => SMALL));
});
afterAll(() => scene.stop());

const CHECK = 'baton / review (decision)';

async function decisionOf(ticket: Ticket) {
  const [branch] = await ticket.branches();
  const checks = await ticket.checks(branch?.commit.sha ?? '');
  return checks.find(({ name }) => name === CHECK);
}

/** A question of a role, with two ways to go on of which it recommends the second. */
function asking(trigger: string, issue: string): Call {
  const escalation = {
    trigger,
    issue,
    options: [
      { title: 'Keep the old route', tradeOff: 'Nobody has to change; two routes do the same.' },
      { title: 'Remove the old route', tradeOff: 'One route; clients of the old one break.' },
    ],
    recommended: 2,
    recommendation: 'Nobody seems to use the old route.',
    blocked: 'The implementation.',
  };
  return {
    report: {
      kind: 'work',
      summary: 'I cannot decide this.',
      details: '',
      facts: {},
      deferred: [],
      escalation,
    },
  };
}

describe('scenarios/escalations', () => {
  describe('after three rejections', () => {
    it('the question has its form, in the comment and in a check with buttons', async () => {
      const ticket = await openRejected(scene);
      const [asked = ''] = await ticket.progress();
      expect(asked).toMatch(/### ✋ Baton needs a decision: Review/);
      expect(asked).toMatch(/\*\*Review has rejected the work 3 times\. How shall it go on\?\*\*/);
      expect(asked).toMatch(/Why a person is asked:\*\* the work was rejected again and again/);
      expect(asked).toMatch(/\| 1\. Do Implementation again \| `\/baton choose 1` \| One more round/);
      expect(asked).toMatch(
        /\| 2\. Go on with the work as it is \| `\/baton choose 2` \| The findings stay open/,
      );
      expect(asked).toMatch(/\| 3\. End the run \| `\/baton choose 3` \| Nothing is proposed/);
      expect(asked).toMatch(/\*\*Recommendation:\*\* \S/);
      expect(asked).toMatch(/\*\*Blocked until then:\*\* Review, Pull request/);
      expect(asked).not.toMatch(/< guidance|< step/);
      const check = await decisionOf(ticket);
      expect(check).toMatchObject({ status: 'completed', conclusion: 'action_required' });
      const buttons = buttonsOf(scene, ticket, CHECK);
      expect(buttons.map(({ label }) => label)).toEqual([
        '1: Do Implementatio…',
        '2: Go on with the w…',
        '3: End the run',
      ]);
      await ticket.comment('will', '/baton cancel');
      await ticket.run({ state: 'cancelled' });
      expect(await decisionOf(ticket)).toMatchObject({ conclusion: 'cancelled' });
    });

    it('/baton choose 1 goes back, the counter begins anew, and what was done before is not done again', async () => {
      const ticket = await openRejected(scene, {
        ...Object.fromEntries([5, 6].map((nth) => [`implementation.${nth}`, correcting(nth)])),
        'implementation.4': holding(correcting(4)),
        ...Object.fromEntries([4, 5, 6].map((nth) => [`review.${nth}`, rejecting(`Not ${nth}.`)])),
      });
      await ticket.comment('will', '/baton choose 1');
      await ticket.run({ decision: 'return', step: 'implementation', attempt: 4 });
      expect(await decisionOf(ticket)).toMatchObject({ conclusion: 'neutral' });
      await scene.release();
      await ticket.run({ state: 'held', step: 'review', attempt: 6 });
      const [asked = ''] = await ticket.progress();
      expect(asked).toContain('Review has rejected the work 3 times');
      expect(asked).toMatch(/\| Architecture \|[^\n]*\| ✅ done \|/);
      await ticket.comment('will', '/baton choose 3');
      await ticket.run({ state: 'cancelled' });
      expect((await ticket.progress())[0]).toMatch(/Cancelled by `will`[\s\S]*End the run/);
      expect(await ticket.branches()).toHaveLength(1);
    });

    it('/baton choose 2 takes the work as it is, and says everywhere who did', async () => {
      const ticket = await openRejected(scene);
      const id = await ticket.comment('wilma', '/baton choose 2');
      await ticket.run({ state: 'succeeded' });
      expect(await ticket.reactions(id)).toContain('rocket');
      const [pull] = await ticket.pulls();
      expect(pull?.body).toMatch(
        /Rejected, and accepted by a person[\s\S]*`wilma` let it go on[\s\S]*The sum is not 4\./,
      );
      expect(await decisionOf(ticket)).toMatchObject({
        conclusion: 'success',
        output: { title: 'wilma let it go on as it is' },
      });
      const [text = ''] = await ticket.progress();
      expect(text).toMatch(/\| Review \|[^\n]*✅ done, attempt 3[^\n]*`wilma`/);
      const checks = await ticket.checks(pull?.head.sha ?? '');
      expect(checks.find(({ name }) => name === 'baton / review')?.conclusion).toBe('failure');
    });

    it('/baton retry with guidance goes to the step that can mend it, with a step in front to that one', async () => {
      const ticket = await openRejected(scene, {
        'implementation.4': correcting(4),
        'review.4': rejecting('Still not.'),
        'implementation.5': { ...correcting(5), delayMs: 600_000 },
        'architecture.2': work('Another design.'),
      });
      await ticket.comment('will', '/baton retry The sum is 5, and that is final.');
      await ticket.run({ decision: 'return', step: 'implementation', attempt: 4 });
      await ticket.run({ state: 'running', step: 'implementation', attempt: 5 });
      await ticket.comment('will', '/baton cancel');
      await ticket.run({ state: 'cancelled' });
      const told = scene.stage.simulator.ledger().map(({ body }) => JSON.stringify(body) ?? '');
      expect(told.some((text) => text.includes('What will decided about Implementation'))).toBe(true);

      const other = await openRejected(scene, { 'architecture.2': work('Another design.') });
      await other.comment('will', '/baton retry architecture Think of negative numbers.');
      await other.run({ decision: 'return', step: 'architecture', attempt: 2 });
      await other.run({ state: 'held', step: 'design-approval', attempt: 2 });
      expect((await other.progress())[0]).toContain('Another design.');
      await other.comment('will', '/baton cancel');
      await other.run({ state: 'cancelled' });
    });

    it('what does not answer it is refused with what would, and the question stays', async () => {
      const ticket = await openRejected(scene);
      const ways = /Answer `\/baton choose <1 to 3>`, `\/baton retry <guidance>` or `\/baton cancel`/;
      expect(await refusalOf(ticket, 'will', '/baton approve')).toMatch(
        /refused: [\s\S]*no option is recommended/,
      );
      expect(await refusalOf(ticket, 'will', '/baton approve 0123456789ab', 2)).toMatch(
        /Nothing here has the digest/,
      );
      expect(await refusalOf(ticket, 'will', '/baton choose 9', 3)).toMatch(/There is no option 9/);
      expect(await refusalOf(ticket, 'will', '/baton reject No.', 4)).toMatch(ways);
      expect(await refusalOf(ticket, 'will', '/baton pause', 5)).toMatch(/waits already/);
      expect(await refusalOf(ticket, 'will', '/baton resume', 6)).toMatch(ways);
      expect(await ticket.labels()).toContain('baton: waiting');
      const button = buttonsOf(scene, ticket, CHECK).at(-1)?.identifier ?? '';
      await press(scene, ticket, { as: 'will', check: CHECK, identifier: button });
      await ticket.run({ state: 'cancelled' });
    });

    it('a button answers; one of an earlier question does not', async () => {
      const ticket = await openRejected(scene, {
        ...Object.fromEntries([4, 5, 6].map((nth) => [`implementation.${nth}`, correcting(nth)])),
        ...Object.fromEntries([4, 5, 6].map((nth) => [`review.${nth}`, rejecting(`Not ${nth}.`)])),
      });
      const [again] = buttonsOf(scene, ticket, CHECK);
      const old = await decisionOf(ticket);
      await press(scene, ticket, { as: 'will', check: CHECK, identifier: again?.identifier ?? '' });
      await ticket.run({ decision: 'return', step: 'implementation', attempt: 4 });
      await ticket.run({ state: 'held', step: 'review', attempt: 6 });
      const { data: will } = await scene.stage.as('will').rest.users.getAuthenticated();
      const { data: repository } = await scene.stage.as('boss').rest.repos.get(ticket.place);
      await scene.deliver('check_run', {
        action: 'requested_action',
        sender: { id: will.id, login: will.login, type: 'User' },
        requested_action: { identifier: again?.identifier ?? '' },
        check_run: { id: old?.id ?? 0, external_id: old?.external_id ?? '' },
        repository: { id: repository.id, name: repository.name, owner: { login: repository.owner.login } },
        installation: { id: 2000 + Number(ticket.place.owner.replace('org-', '')) },
      });
      await ticket.run({ decision: 'ignore' });
      expect((await ticket.said()).at(-1)).toMatch(/button belongs to an earlier question/);
      await ticket.comment('will', '/baton cancel');
      await ticket.run({ state: 'cancelled' });
    });
  });

  describe('of a role', () => {
    it.each([
      ['conflict', 'The issue asks for both.', 'requirements contradict each other'],
      ['security-or-speed', 'Shall the numbers be checked?', 'security stands against speed'],
      ['breaking-change', 'Shall the old route go?', 'it breaks what others use'],
      ['out-of-scope', 'There is no such service here.', 'it needs what is not available here'],
    ])('with the trigger %s is shown, and what is decided is told to it', async (trigger, issue, words) => {
      const ticket = await openBuilding(
        scene,
        goodAgents({
          'implementation.1': asking(trigger, issue),
          'implementation.2': work('As decided.', adding('src/sum.ts', 'export const sum = 2;\n')),
        }),
      );
      await ticket.run({ state: 'held', step: 'implementation' });
      const [asked = ''] = await ticket.progress();
      expect(asked).toContain(`**${issue}**`);
      expect(asked).toContain(`**Why a person is asked:** ${words}. **Stage:** Implementation.`);
      expect(asked).toMatch(/\| 2\. Remove the old route \| `\/baton choose 2` \| One route; clients/);
      expect(asked).toMatch(/Recommendation:\*\* option 2\. Nobody seems/);
      expect(asked).toMatch(/Blocked until then:\*\* The implementation\./);
      const [comment, option] =
        trigger === 'conflict'
          ? ['/baton choose 1', 'Keep the old route']
          : ['/baton approve', 'Remove the old route'];
      await ticket.comment('wilma', comment);
      await ticket.run({ decision: 'return', step: 'implementation', attempt: 2 });
      const told = (await ticket.shown()).filter((text) =>
        text.includes('What wilma decided about Implementation'),
      );
      expect(told[0]).toContain(`wilma has decided: ${option}`);
      await ticket.run({ state: 'succeeded' });
    });

    it('that reviews is shown in a check of its own, and it reviews again', async () => {
      const { report } = asking('security-or-speed', 'Is this fast enough?');
      const escalation =
        report !== null && typeof report === 'object' && 'escalation' in report ? report.escalation : {};
      const ticket = await openBuilding(
        scene,
        goodAgents({
          'review.1': { report: { ...Object(approving.report), escalation } },
          'review.2': approving,
        }),
      );
      await ticket.run({ state: 'held', step: 'review' });
      const [branch] = await ticket.branches();
      const named = (await ticket.checks(branch?.commit.sha ?? '')).filter(({ name }) =>
        name.startsWith('baton / review'),
      );
      expect(named.map(({ name, conclusion }) => [name, conclusion])).toEqual([[CHECK, 'action_required']]);
      await ticket.comment('will', '/baton choose 1');
      await ticket.run({ state: 'succeeded' });
      expect(await decisionOf(ticket)).toMatchObject({ conclusion: 'neutral' });
    });

    it('is answered only by somebody who may, by the permission of now', async () => {
      const ticket = await openBuilding(
        scene,
        goodAgents({ 'implementation.1': asking('conflict', 'Which?') }),
      );
      await ticket.run({ state: 'held', step: 'implementation' });
      await ticket.comment('tess', '/baton choose 1');
      await scene.handled();
      expect((await ticket.said()).at(-1)).toMatch(
        /Nothing was done: `\/baton choose` needs \*\*write\*\* access \(or maintain, admin\)/,
      );
      expect(await ticket.labels()).toContain('baton: waiting');
      await ticket.comment('will', '/baton cancel');
      await ticket.run({ state: 'cancelled' });
    });
  });

  it('an answer from before the question does not count', async () => {
    const ticket = await openBuilding(
      scene,
      goodAgents({ 'implementation.1': holding(asking('conflict', 'Which?')) }),
    );
    await ticket.run({ state: 'running', step: 'implementation' });
    const id = await ticket.comment('will', '/baton choose 1');
    await scene.handled();
    await scene.release();
    await ticket.run({ state: 'held', step: 'implementation' });
    await ticket.run({ decision: 'ignore' });
    expect(await ticket.reactions(id)).toContain('confused');
    expect((await ticket.said()).at(-1)).toMatch(/given before this was asked/);
    await ticket.comment('will', '/baton cancel');
    await ticket.run({ state: 'cancelled' });
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
