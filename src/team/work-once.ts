import { setTimeout as wait } from 'node:timers/promises';
import { activeMembers } from '../domain/team/active-members.ts';
import type { Waking } from '../domain/team/waking.ts';
import { enact } from './enact.ts';
import { look } from './look.ts';
import type { TeamDesk } from './team-desk.ts';

/** Messages that one waking deals with; the rest wakes the member again. */
const MAX_MESSAGES = 100;
/** Of a waking, when nothing else is said. Its agents have limits of their own. */
const DEFAULT_MINUTES = 10;

/** Looks, decides and acts once; says what came of it. Safe to repeat. Throws when anything fails. */
export async function workOnce(waking: Waking, desk: TeamDesk): Promise<string> {
  const place = (await desk.records.repositories()).find(
    ({ repository }) => repository.id === waking.repositoryId,
  );
  const all = place === undefined ? [] : activeMembers(desk.members, place.settings);
  const active = all.find(({ member }) => member.name === waking.member);
  if (place === undefined || active === undefined) {
    return 'it does not work here any more';
  }
  const startedMs = performance.now();
  const minutes = active.own.minutes ?? DEFAULT_MINUTES;
  const { repository, settings: team } = place;
  const names = all.map(({ member }) => member.name);
  const note = await withinMinutes(minutes, async () => {
    const messages = await desk.messages.take({
      repositoryId: repository.id,
      recipient: waking.member,
      taker: waking.id,
      limit: MAX_MESSAGES,
    });
    await desk.records.releaseEnded(repository.id);
    const sight = await look({ repository, team, active, members: names, messages }, desk);
    const deeds = active.member.decide(sight);
    const { done, full } = await enact(deeds, { member: waking.member, sight, desk });
    if (full > 0) {
      // What they led to is not kept yet, so they are dealt with again.
      await desk.messages.putBack(waking.id);
      return `${done} done; ${full} messages wait until others have taken theirs`;
    }
    await desk.messages.complete(
      messages.map(({ id }) => id),
      waking.id,
    );
    return `${messages.length} messages, ${done} deeds`;
  });
  const durationMs = performance.now() - startedMs;
  await desk.records.addDuration({ member: waking.member, type: 'waking', durationMs });
  return note;
}

/** What comes to an end later changes nothing: all of it is done again under the same keys. */
async function withinMinutes<Result>(minutes: number, work: () => Promise<Result>): Promise<Result> {
  const timer = new AbortController();
  const late = wait(minutes * 60_000, 'late' as const, { signal: timer.signal, ref: false }).catch(
    () => 'late' as const,
  );
  try {
    const first = await Promise.race([work().then((result) => ({ result })), late]);
    if (first === 'late') {
      throw new Error(`it took longer than its time limit of ${minutes} minutes`);
    }
    return first.result;
  } finally {
    timer.abort();
  }
}
