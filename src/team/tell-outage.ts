import { activeMembers } from '../domain/team/active-members.ts';
import { OUTAGE, outageComment } from '../domain/team/outage-comment.ts';
import { lastingSinceMs, type OutageNews } from '../domain/team/pressure.ts';
import type { AwayMember, LeftMember, TeamNote } from '../domain/team/team-note.ts';
import type { Waking } from '../domain/team/waking.ts';
import { isLeaseLost } from '../ports/lease.ts';
import type { TeamRepository } from '../ports/team-records.ts';
import type { TeamDesk } from './team-desk.ts';
import { findPlace, tellOfTeam, toTeamOwner } from './tell-people.ts';

/** `left`: who waited for GitHub does not work any more, by the operator's or the repository's word. */
type News = OutageNews | 'left';

/** Members that were waiting for GitHub when they were awake last. */
interface Waiting {
  readonly away: readonly AwayMember[];
  /** Those of them that do not wake any more. */
  readonly left: readonly LeftMember[];
}

/** Says to people for which members GitHub is away for long. What is over is said only where people were told of it. */
export async function tellOutage(
  waking: Pick<Waking, 'repositoryId'>,
  news: News,
  desk: TeamDesk,
): Promise<null> {
  const place = await findPlace(waking, desk);
  if (place === undefined) {
    return null;
  }
  for (let waiting = await readWaiting(place, desk); ; ) {
    await tell(place, { waiting, news }, desk);
    // Another member may have said what is newer before this came to be said: then the newest word is not the last one.
    const now = await readWaiting(place, desk);
    if (JSON.stringify(now) === JSON.stringify(waiting)) {
      return null;
    }
    waiting = now;
  }
}

/** The same, as far as GitHub takes it now; what it does not take is said after the next waking that finds it away. */
export async function tryToTellOutage(waking: Waking, desk: TeamDesk): Promise<null> {
  try {
    return await tellOutage(waking, 'lasts', desk);
  } catch (error) {
    if (isLeaseLost(error)) {
      throw error;
    }
    desk.log.warn({ error, member: waking.member }, 'people could not be told that GitHub is away');
    return null;
  }
}

async function tell(
  place: TeamRepository,
  { waiting: { away, left }, news }: { readonly waiting: Waiting; readonly news: News },
  desk: TeamDesk,
): Promise<void> {
  const told = await desk.lastShown(toTeamOwner(place.repository), OUTAGE);
  if (told === null && (news !== 'lasts' || away.length === 0)) {
    return;
  }
  const key = outageComment(
    told,
    away.map(({ since }) => Date.parse(since)),
  );
  // Where one was answered, those who do not work any more are not what people wait to hear of.
  const note: TeamNote = { kind: 'outage', away, left: away.length === 0 && news !== 'left' ? [] : left };
  await tellOfTeam({ key, note, place }, desk);
}

/** Who waits for GitHub, in the order of their launch. Whom nobody wakes any more waits for nothing. */
async function readWaiting(
  { repository, settings }: TeamRepository,
  { members, records }: TeamDesk,
): Promise<Waiting> {
  const [wakings, switches] = await Promise.all([records.wakings(), records.switches()]);
  const active = activeMembers(members, settings).map(({ member }) => member.name);
  const waiting = [...new Set([...active, ...members.map(({ name }) => name)])].flatMap((member) => {
    const last = wakings.find((one) => one.repositoryId === repository.id && one.member === member);
    const sinceMs = lastingSinceMs(last?.pressures ?? []);
    return sinceMs === null ? [] : [{ member, since: new Date(sinceMs).toISOString() }];
  });
  const left = waiting.flatMap(({ member }): LeftMember[] => {
    if (!active.includes(member)) {
      return [{ member, why: 'not enabled' }];
    }
    return switches.get(member)?.stopped === true ? [{ member, why: 'stopped' }] : [];
  });
  return { away: waiting.filter(({ member }) => left.every((one) => one.member !== member)), left };
}
