import { activeMembers } from '../domain/team/active-members.ts';
import type { Waking } from '../domain/team/waking.ts';
import { endWaking } from './end-waking.ts';
import type { TeamDesk } from './team-desk.ts';
import { findPlace, tellPeople } from './tell-people.ts';

/** Who is told of it, and says so in the report. */
const MANAGER = 'project-manager';

/** A waking that crashed. */
export interface Crash {
  readonly waking: Waking;
  readonly crashes: number;
  readonly why: string;
}

/** Restarts no more, and leaves the others alone. */
export async function giveUp(
  { waking, crashes, why }: Crash,
  { atMs, desk }: { readonly atMs: number; readonly desk: TeamDesk },
): Promise<void> {
  const { id, member, repositoryId } = waking;
  desk.log.error(
    { member, repositoryId, crashes, why },
    'a member of the team crashed too often; it is not restarted',
  );
  await desk.records.addRestart({
    work: id,
    member,
    role: null,
    repositoryId,
    crash: crashes,
    why,
    waitMs: null,
  });
  await endWaking(waking, { note: { state: 'given-up', crashes, note: why }, atMs }, desk);
  await desk.messages.putBack(id);
}

/** Says so to people, and tells the project manager. */
export async function tellGivenUp({ waking, crashes, why }: Crash, desk: TeamDesk): Promise<void> {
  const { id, member, repositoryId } = waking;
  const place = await findPlace(waking, desk);
  if (place === undefined) {
    return;
  }
  // Where there is no manager nobody would ever take it.
  if (activeMembers(desk.members, place.settings).some((active) => active.member.name === MANAGER)) {
    const letter = { key: `given-up:${id}`, repositoryId, sender: member, recipient: MANAGER };
    const content = { member, crashes };
    await desk.messages.send([{ ...letter, type: 'member_given_up', content, priority: 1 }]);
  }
  const note = { kind: 'given-up', member, crashes, why } as const;
  await tellPeople(waking, { key: `given-up:${id}`, note, place }, desk);
}
