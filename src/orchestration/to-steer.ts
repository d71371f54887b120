import type { Intent } from '../domain/intent.ts';
import { isBegun, type Run } from '../domain/run.ts';
import type { Steer } from '../domain/steer.ts';
import type { Ticket } from '../domain/ticket.ts';
import { isLeftover } from './is-leftover.ts';
import type { Sending, Steering, SteeringAsk } from './steering.ts';

/** What is left for a run that can be read: with what is there now, which may be another when the run reads it. */
export async function toSteer(run: Run, ask: SteeringAsk, { intent, world }: Sending): Promise<Steer> {
  if (ask.kind === 'approve') {
    const { digest } = ask;
    const head = await readHead(run, world);
    return { kind: 'approve', givenAt: intent.at, head, ...(digest === null ? {} : { digest }) };
  }
  if (ask.kind === 'choose') {
    return { ...ask, head: await readHead(run, world), ...toGivenAt(intent) };
  }
  if (ask.kind === 'moved') {
    // Pushes can be told in any order; what is there now counts.
    return { kind: 'moved', head: (await readHead(run, world)) ?? ask.head };
  }
  if (ask.kind === 'edited') {
    return { kind: 'edited', givenAt: intent.at, differs: !saysTheSame(run.order.ticket, intent.ticket) };
  }
  if (ask.kind === 'retry') {
    return { ...ask, ...toGivenAt(intent), ...(await toPushed(run, world)) };
  }
  return ask.kind === 'reject' ? { ...ask, ...toGivenAt(intent) } : ask;
}

/** Labels are no words of its author's. */
function saysTheSame(one: Ticket, other: Ticket): boolean {
  return one.title === other.title && one.body === other.body;
}

/** What people have pushed to the run's branch. What an attempt of the run has left there is not theirs. */
async function toPushed(run: Run, world: Steering): Promise<{ head?: string | null }> {
  const head = await readHead(run, world);
  const isOwn =
    run.state === 'held' &&
    head !== null &&
    head !== run.head &&
    (await isLeftover(run, head, world.workspace));
  return isOwn ? {} : { head };
}

/** Where the run's branch points now; null while there is none. What is judged is one commit, and that stays. */
async function readHead(run: Run, { workspace }: Steering): Promise<string | null> {
  const { subject, branch, change } = run.order;
  if (change !== undefined) {
    return change.headSha;
  }
  return isBegun(run) ? await workspace.remoteHead(subject.repository, branch) : null;
}

function toGivenAt({ source, at }: Intent): { givenAt?: string } {
  return source.kind === 'button' ? {} : { givenAt: at };
}
