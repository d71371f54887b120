import { type ActiveMember, activeMembers } from '../domain/team/active-members.ts';
import { findDue, type MemberState } from '../domain/team/find-due.ts';
import type { Now } from '../domain/team/schedule.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Engine } from '../ports/engine.ts';
import type { Waiting } from '../ports/messages.ts';
import type { KeptWaking, TeamRepository } from '../ports/team-records.ts';
import type { TeamDesk } from './team-desk.ts';

/** Name of the durable workflow. */
export const WAKING = 'waking';

type Turns = Awaited<ReturnType<TeamDesk['records']['switches']>>;

/** What is known at one moment. */
interface Moment {
  readonly now: Now;
  readonly wakings: readonly KeptWaking[];
  readonly waiting: readonly Waiting[];
  readonly turns: Turns;
}

/** Starts whatever is due. Every replica does this; the id of a waking makes it one. Returns what was started. */
export async function wakeDue(desk: TeamDesk, engine: Pick<Engine, 'start'>): Promise<readonly Waking[]> {
  const text = desk.clock.now();
  const [repositories, wakings, waiting, turns] = await Promise.all([
    desk.records.repositories(),
    desk.records.wakings(),
    desk.messages.waiting(),
    desk.records.switches(),
  ]);
  const moment = { now: { text, ms: Date.parse(text) }, wakings, waiting, turns };
  const due = repositories.flatMap((place) => listDue(place, desk, moment));
  for (const waking of due) {
    await engine.start({ workflow: WAKING, id: waking.id, input: waking });
  }
  return due;
}

function listDue(place: TeamRepository, { members }: TeamDesk, moment: Moment): readonly Waking[] {
  const { repository, settings } = place;
  return activeMembers(members, settings).flatMap((active, rank) => {
    const { name } = active.member;
    const reason = findDue(active, toState(place, { active, rank, moment }), moment.now);
    return reason === null
      ? []
      : [
          {
            id: `waking:${repository.id}:${name}:${reason}`,
            repositoryId: repository.id,
            member: name,
            reason,
          },
        ];
  });
}

function toState(
  { repository, launchedMs }: TeamRepository,
  { active, rank, moment }: { readonly active: ActiveMember; readonly rank: number; readonly moment: Moment },
): MemberState {
  const { name, wokenBy } = active.member;
  const last = moment.wakings.find((one) => one.repositoryId === repository.id && one.member === name);
  const ids = moment.waiting
    .filter(({ repositoryId, recipient }) => repositoryId === repository.id && recipient === name)
    .filter(({ type }) => wokenBy.includes(type))
    .map(({ firstId }) => firstId);
  return {
    rank,
    launchedMs,
    last: last ?? null,
    turned: moment.turns.get(name) ?? null,
    messageId: ids.length === 0 ? null : Math.min(...ids),
  };
}
