import { activeMembers } from '../domain/team/active-members.ts';
import { approveOwn } from '../domain/team/approve-own.ts';
import type { Message } from '../domain/team/message.ts';
import { nextOutage, type Pressure } from '../domain/team/pressure.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Happening } from '../domain/trace-event.ts';
import type { Acting } from './acting.ts';
import { enact } from './enact.ts';
import { look } from './look.ts';
import type { TeamDesk } from './team-desk.ts';

/** Messages that one waking deals with; the rest wakes the member again. */
const MAX_MESSAGES = 100;
/** Of a waking, when nothing else is said. Its agents have limits of their own. */
const DEFAULT_MINUTES = 10;

/** What came of a waking. */
export interface Work {
  /** In words. */
  readonly note: string;
  /** What kept it from more; absent in a record of an earlier version. */
  readonly pressures?: readonly Pressure[];
}

/** Looks, decides and acts once; says what came of it. Safe to repeat. Throws when anything fails. */
export async function workOnce(waking: Waking, { desk, tell }: Pick<Acting, 'desk' | 'tell'>): Promise<Work> {
  const place = (await desk.records.repositories()).find(
    ({ repository }) => repository.id === waking.repositoryId,
  );
  const all = place === undefined ? [] : activeMembers(desk.members, place.settings);
  const active = all.find(({ member }) => member.name === waking.member);
  if (place === undefined || active === undefined) {
    return { note: 'it does not work here any more' };
  }
  const startedMs = performance.now();
  const minutes = active.own.minutes ?? DEFAULT_MINUTES;
  const { repository, settings: team, fault } = place;
  const names = all.map(({ member }) => member.name);
  const work = await withinMinutes(minutes, desk, async (): Promise<Work> => {
    const messages = await desk.messages.take({
      repositoryId: repository.id,
      recipient: waking.member,
      taker: waking.id,
      limit: MAX_MESSAGES,
    });
    messages.forEach((message) => tell(toReceived(message, desk)));
    await desk.records.releaseEnded(repository.id);
    const sight = await look({ repository, team, fault, active, members: names, messages }, desk);
    const deeds = [...active.member.decide(sight), ...approveOwn(active.member.name, sight)];
    const { done, pressures } = await enact(deeds, { member: waking.member, sight, desk, tell });
    const full = pressures.filter(({ kind }) => kind === 'queue').length;
    if (full > 0) {
      // What they led to is not kept yet, so they are dealt with again.
      await desk.messages.putBack(waking.id);
      return {
        note: `${count(done, 'deed')}; ${count(full, 'message')} to tell when others have taken theirs`,
        pressures,
      };
    }
    await desk.messages.complete(
      messages.map(({ id }) => id),
      waking.id,
    );
    const more = pressures.length > 0 ? '; there is more to start when a run of it has ended' : '';
    return { note: `${count(messages.length, 'message')}, ${count(done, 'deed')}${more}`, pressures };
  });
  if (work === 'late') {
    const why = `it took longer than its time limit of ${minutes} minutes`;
    if (!desk.isLeftAlone(repository.installationId)) {
      throw new Error(why);
    }
    return {
      note: `GitHub wants to be left alone, and ${why}`,
      pressures: [nextOutage(waking, Date.parse(desk.clock.now()))],
    };
  }
  const durationMs = performance.now() - startedMs;
  await desk.records.addDuration({ member: waking.member, type: 'waking', durationMs });
  return work;
}

function toReceived(
  { sender: from, type: task, sentAt, key: about }: Message,
  { clock }: TeamDesk,
): Happening {
  const ms = Math.max(0, Date.parse(clock.now()) - Date.parse(sentAt));
  return { type: 'message_received', from, task, ms, about };
}

/** What comes to an end later changes nothing: all of it is done again under the same keys. */
async function withinMinutes<Result>(
  minutes: number,
  { wait }: Pick<TeamDesk, 'wait'>,
  work: () => Promise<Result>,
): Promise<Result | 'late'> {
  const timer = new AbortController();
  const late = wait(minutes * 60_000, timer.signal).then(
    () => 'late' as const,
    () => 'late' as const,
  );
  try {
    const first = await Promise.race([work().then((result) => ({ result })), late]);
    return first === 'late' ? first : first.result;
  } finally {
    timer.abort();
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
