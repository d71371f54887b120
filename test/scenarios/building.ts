import { replacing } from '../support/patches.ts';
import type { Calls } from '../support/recordings.ts';
import { goodAgents, rejecting, work } from './agents.ts';
import type { Scene } from './scene.ts';
import type { Ticket } from './ticket.ts';

/** Starts a run and approves its design. */
export async function openBuilding(scene: Scene, calls: Calls): Promise<Ticket> {
  await scene.play(calls);
  const ticket = await scene.open();
  await ticket.comment('will', '/baton run backend-feature');
  await ticket.run({ state: 'held', step: 'design-approval' });
  await ticket.comment('wilma', '/baton approve');
  return ticket;
}

/** What the implementation changes in its nth attempt: the sum is n + 1, as if it had been n before. */
export function correcting(nth: number) {
  const was = `export const sum = ${nth};\n`;
  return work(`Attempt ${nth}.`, replacing('src/sum.ts', was, `export const sum = ${nth + 1};\n`));
}

/** Agents whose work is rejected by the review in the attempts from the second to the last, and in the first. */
function neverGood(last: number): Calls {
  const attempts = Array.from({ length: last }, (_, index) => index + 1);
  return goodAgents({
    ...Object.fromEntries(attempts.slice(1).map((nth) => [`implementation.${nth}`, correcting(nth)])),
    ...Object.fromEntries(attempts.map((nth) => [`review.${nth}`, rejecting(`The sum is not ${nth + 1}.`)])),
  });
}

/** A run whose review has rejected three times, and asks how to go on. */
export async function openRejected(scene: Scene, calls: Calls = {}): Promise<Ticket> {
  const ticket = await openBuilding(scene, { ...neverGood(3), ...calls });
  await ticket.run({ state: 'held', step: 'review' });
  return ticket;
}

/** The answer to a comment that changed nothing: the last that Baton said. */
export async function refusalOf(ticket: Ticket, login: string, text: string, nth = 1): Promise<string> {
  const id = await ticket.comment(login, text);
  await ticket.run({ decision: 'ignore' }, nth);
  const reactions = await ticket.reactions(id);
  return `${reactions.includes('confused') ? 'refused' : 'done'}: ${(await ticket.said()).at(-1) ?? ''}`;
}
