import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodAgents } from './agents.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await setScene(Array.from({ length: 24 }, () => SMALL));
  await scene.play(goodAgents());
});
afterAll(() => scene.stop());

/** Where the simulator is asked what will may do in the repository of an issue, and in no other. */
function permissionPath({ place }: Ticket): RegExp {
  return new RegExp(`^/repos/${place.owner}/${place.repo}/collaborators/will/permission$`);
}

describe('scenarios/permissions', () => {
  describe('labels', () => {
    it.each(['will', 'maya', 'boss'])('start a run when %s puts them on', async (login) => {
      const ticket = await scene.open();
      await ticket.label(login);
      await ticket.run({ state: 'held', step: 'design-approval' });
      expect(await ticket.labels()).toContain('baton: waiting');
      expect(await ticket.issueReactions()).toEqual(['eyes']);
      expect(await ticket.said()).toHaveLength(1);
    });

    it('start nothing for somebody with triage, and Baton says who could', async () => {
      const ticket = await scene.open();
      await ticket.label('tess');
      await scene.handled();
      expect(await ticket.said()).toEqual([
        expect.stringMatching(/Nothing was started[\s\S]*\*\*write\*\* access/),
      ]);
      expect(await ticket.issueReactions()).toEqual(['confused']);
      expect(await ticket.labels()).toEqual(['baton']);
    });

    it('start nothing when an issue template puts them on for an outsider', async () => {
      const ticket = await scene.open({ by: 'oscar' });
      const { data: oscar } = await scene.stage.as('oscar').rest.users.getAuthenticated();
      // The simulator has no templates: a label of somebody else, as GitHub would send it in the outsider's name.
      await ticket.label('tess', 'bug');
      await scene.deliver('issues', {
        sender: { login: oscar.login, id: oscar.id },
        label: { name: 'baton' },
      });
      expect(await ticket.progress()).toEqual([]);
      expect(await ticket.said()).toEqual([expect.stringMatching(/Issue templates/)]);
    });

    it('start nothing when programs put them on, however often, and one comment says who could', async () => {
      const ticket = await scene.open();
      await ticket.label('will', 'bug');
      for (const [index, name] of ['baton', 'baton:research', 'Baton', 'baton'].entries()) {
        await scene.deliver('issues', {
          sender: { type: 'Bot', login: `helper-${index % 2}[bot]`, id: 9000 + (index % 2) },
          label: { name },
          issue: { updated_at: `2026-03-02T09:00:0${index}Z` },
        });
      }
      expect(await ticket.progress()).toEqual([]);
      expect(await ticket.said()).toEqual([
        expect.stringMatching(
          /Nothing was started[\s\S]*by a program[\s\S]*a person with \*\*write\*\* access/,
        ),
      ]);
      const edits = scene.stage.simulator
        .ledger()
        .filter(
          ({ kind, path }) => kind === 'issues/update-comment' && path.includes(`/${ticket.place.owner}/`),
        );
      expect(edits).toEqual([]);
      await ticket.comment('will', '/baton run');
      await ticket.run({ state: 'held', step: 'design-approval' });
    });

    it('do nothing at all when Baton puts them on itself', async () => {
      const ticket = await scene.open();
      await ticket.label('will', 'bug');
      const self = { type: 'Bot', login: scene.stage.simulator.app.botLogin };
      await scene.deliver('issues', { sender: self, label: { name: 'baton' } });
      expect(await ticket.said()).toEqual([]);
      expect(await ticket.issueReactions()).toEqual([]);
    });
  });

  describe('commands', () => {
    it.each(['rita', 'oscar', 'tess'])(
      'of %s, who may not, are answered once with who may',
      async (login) => {
        const ticket = await scene.open();
        const id = await ticket.comment(login, '/baton run\n/baton approve\n/baton cancel');
        await scene.handled();
        expect(await ticket.said()).toEqual([
          expect.stringMatching(/Nothing was done[\s\S]*\*\*write\*\* access/),
        ]);
        expect(await ticket.reactions(id)).toEqual(['confused']);
      },
    );

    it('of a stranger who does not stop are answered once', async () => {
      const ticket = await scene.open();
      await ticket.comment('oscar', '/baton run');
      await ticket.comment('oscar', '/baton run backend-feature');
      const last = await ticket.comment('oscar', '/baton run nonsense');
      await scene.handled();
      expect(await ticket.said()).toHaveLength(1);
      expect(await ticket.reactions(last)).toEqual(['confused']);
    });

    it('that are open to triage get no answer for an outsider, who could make Baton talk', async () => {
      const ticket = await scene.open();
      const id = await ticket.comment('oscar', '/baton help\n/baton status\n/baton frobnicate');
      await scene.handled();
      expect(await ticket.said()).toEqual([]);
      expect(await ticket.reactions(id)).toEqual(['confused']);
    });

    it.each(['tess', 'will'])('of %s for help and status are answered', async (login) => {
      const ticket = await scene.open();
      await ticket.comment(login, '/baton help\n/baton status');
      await scene.handled();
      const said = await ticket.said();
      expect(said).toHaveLength(2);
      expect(said.join()).toMatch(/\/baton approve \[digest\]/);
      expect(said.join()).toMatch(/There is no run on this issue/);
    });

    it.each(['will', 'maya', 'boss'])('of %s act', async (login) => {
      const ticket = await scene.open();
      const id = await ticket.comment(login, '/baton run');
      const run = await ticket.run({ state: 'held' });
      expect(run.workflow).toBe('backend-feature');
      await scene.handled();
      expect(await ticket.reactions(id)).toEqual(['eyes', 'rocket']);
    });

    it('of somebody who took over the login of a member are refused: the number counts', async () => {
      const ticket = await scene.open();
      scene.stage.simulator.inject({
        path: permissionPath(ticket),
        status: 200,
        body: { permission: 'admin', role_name: 'admin', user: { id: 4242, login: 'will' } },
      });
      await ticket.comment('will', '/baton run');
      await scene.handled();
      expect(await ticket.progress()).toEqual([]);
      expect(await ticket.said()).toEqual([expect.stringMatching(/Nothing was done/)]);
    });

    it('are looked at with the permission of now, not of when they were written', async () => {
      const ticket = await scene.open();
      scene.stage.simulator.inject({
        path: permissionPath(ticket),
        status: 404,
        times: 3,
      });
      await ticket.comment('will', '/baton run');
      await scene.handled();
      expect(await ticket.said()).toEqual([expect.stringMatching(/Nothing was done/)]);
    });

    it.each([403, 500, 502])(
      'do nothing when GitHub answers %i about the sender, and Baton says so',
      async (status) => {
        const ticket = await scene.open();
        scene.stage.simulator.inject({ path: permissionPath(ticket), status, times: 3 });
        const id = await ticket.comment('will', '/baton run');
        await scene.handled();
        expect(await ticket.progress()).toEqual([]);
        expect(await ticket.said()).toEqual([
          expect.stringMatching(/GitHub did not say whether you have it/),
        ]);
        expect(await ticket.reactions(id)).toEqual(['confused']);
      },
    );
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
