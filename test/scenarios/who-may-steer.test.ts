import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRejected } from './building.ts';
import { type Scene, SMALL, setScene } from './scene.ts';
import type { Ticket } from './ticket.ts';
import { expectTidy } from './tidy.ts';

let scene: Scene;
/** One for each kind of answer: no page of an issue has more than a hundred comments. */
const tickets: Ticket[] = [];
beforeAll(async () => {
  scene = await setScene([SMALL, SMALL, SMALL]);
  for (const _ of Array.from({ length: 3 })) {
    tickets.push(await openRejected(scene));
  }
});
afterAll(() => scene.stop());

/** By role in the repository: `oscar` has none beyond what everybody has, as `rita` does. */
const BELOW_WRITE = ['oscar', 'rita', 'tess'];
const AT_LEAST_WRITE = ['will', 'maya', 'boss'];

/** Each asks for something that changes nothing here, so that everybody can be let try it in turn. */
const STEERING = [
  '/baton approve',
  '/baton reject No.',
  '/baton choose 9',
  '/baton rollback deployment',
  '/baton pause',
  '/baton resume',
];

function ticketOf(kind: 'refused' | 'steered' | 'asked'): Ticket {
  const ticket = tickets[['refused', 'steered', 'asked'].indexOf(kind)];
  if (ticket === undefined) {
    throw new Error(`no issue was opened for those who are ${kind}`);
  }
  return ticket;
}

describe('scenarios/who-may-steer', () => {
  it.each(
    BELOW_WRITE.flatMap((login) =>
      [...STEERING, '/baton retry', '/baton cancel', '/baton run'].map((text) => [login, text] as const),
    ),
  )('%s may not %s, and is told once who may', async (login, text) => {
    const ticket = ticketOf('refused');
    const before = await ticket.said();
    const id = await ticket.comment(login, text);
    await scene.handled();
    const [verb = ''] = text.slice('/baton '.length).split(' ');
    const said = (await ticket.said()).slice(before.length);
    expect(said).toEqual([
      expect.stringMatching(
        new RegExp(
          `Nothing was done: \`/baton ${verb}\` needs \\*\\*write\\*\\* access \\(or maintain, admin\\)`,
        ),
      ),
    ]);
    expect(await ticket.reactions(id)).toEqual(['confused']);
    await ticket.comment(login, text);
    await scene.handled();
    expect(await ticket.said()).toHaveLength(before.length + 1);
  });

  it.each(AT_LEAST_WRITE.flatMap((login) => STEERING.map((text) => [login, text] as const)))(
    '%s may %s, and is told by the run why it does not fit',
    async (login, text) => {
      const ticket = ticketOf('steered');
      const before = (await ticket.said()).length;
      await ticket.comment(login, text);
      await expect.poll(async () => (await ticket.said()).slice(before)).toHaveLength(1);
      expect((await ticket.said()).at(-1)).toMatch(/Nothing was done\. /);
      expect((await ticket.said()).at(-1)).not.toContain('needs **write**');
    },
  );

  it.each(
    ['/baton help', '/baton status', '/baton explain', '/baton debt'].flatMap((text) => [
      ['oscar', text, 0] as const,
      ['rita', text, 0] as const,
      ['tess', text, 1] as const,
      ['will', text, 1] as const,
    ]),
  )('%s asks %s and gets %i answers', async (login, text, answers) => {
    const ticket = ticketOf('asked');
    const before = (await ticket.said()).length;
    await ticket.comment(login, text);
    await scene.handled();
    expect(await ticket.said()).toHaveLength(before + answers);
  });

  it('the question still waits after all of that, and is answered by somebody who may', async () => {
    for (const ticket of tickets) {
      expect(await ticket.labels()).toContain('baton: waiting');
      await ticket.comment('maya', '/baton choose 2');
      await ticket.run({ state: 'succeeded' });
    }
  });

  it('leaves every issue tidy', async () => {
    await expectTidy(scene);
  });
});
