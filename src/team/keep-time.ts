import { type ActiveMember, activeMembers } from '../domain/team/active-members.ts';
import { findDue, type MemberState } from '../domain/team/find-due.ts';
import { hasEased, outagesOf } from '../domain/team/pressure.ts';
import type { Now } from '../domain/team/schedule.ts';
import type { Waking } from '../domain/team/waking.ts';
import type { Engine } from '../ports/engine.ts';
import type { Waiting } from '../ports/messages.ts';
import type { KeptWaking, PlacesTaken, TeamRepository } from '../ports/team-records.ts';
import type { TeamDesk } from './team-desk.ts';

/** Name of the durable workflow. */
export const WAKING = 'waking';

type Turns = Awaited<ReturnType<TeamDesk['records']['switches']>>;

/** What is known at one moment. */
interface Moment extends Pressing {
  readonly now: Now;
  readonly wakings: readonly KeptWaking[];
  readonly waiting: readonly Waiting[];
  readonly turns: Turns;
}

/** What members were kept from their work by, as it stands now. Nothing is asked where nobody was. */
interface Pressing {
  /** Repositories of which no more messages are taken. */
  readonly full: ReadonlySet<number>;
  readonly taken: readonly PlacesTaken[];
}

/** What it takes to know who is due. */
type TimeDesk = Pick<TeamDesk, 'members' | 'records' | 'messages' | 'clock'>;

/** Starts whatever is due. Every replica does this; the id of a waking makes it one. Returns what was started. */
export async function wakeDue(desk: TimeDesk, engine: Pick<Engine, 'start'>): Promise<readonly Waking[]> {
  const text = desk.clock.now();
  const [repositories, wakings, waiting, turns] = await Promise.all([
    desk.records.repositories(),
    desk.records.wakings(),
    desk.messages.waiting(),
    desk.records.switches(),
  ]);
  const pressing = await readPressing(wakings, desk);
  const moment = { now: { text, ms: Date.parse(text) }, wakings, waiting, turns, ...pressing };
  const due = repositories.flatMap((place) => listDue(place, desk, moment));
  for (const waking of due) {
    await engine.start({ workflow: WAKING, id: waking.id, input: waking });
  }
  return due;
}

async function readPressing(
  wakings: readonly KeptWaking[],
  { records, messages }: Pick<TeamDesk, 'records' | 'messages'>,
): Promise<Pressing> {
  const kept = wakings.flatMap(({ pressures, repositoryId }) =>
    pressures.map(({ kind }) => ({ kind, repositoryId })),
  );
  const ids = kept.filter(({ kind }) => kind === 'places').map(({ repositoryId }) => repositoryId);
  const [full, taken] = await Promise.all([
    kept.some(({ kind }) => kind === 'queue') ? messages.full() : new Set<number>(),
    ids.length > 0 ? records.placesTaken([...new Set(ids)]) : [],
  ]);
  return { full, taken };
}

function listDue(place: TeamRepository, { members }: TimeDesk, moment: Moment): readonly Waking[] {
  const { repository, settings } = place;
  return activeMembers(members, settings).flatMap((active, rank) => {
    const { name } = active.member;
    const state = toState(place, { active, rank, moment });
    const reason = findDue(active, state, moment.now);
    return reason === null ? [] : [toWaking({ repositoryId: repository.id, member: name, reason }, state)];
  });
}

/**
 * Named by what it follows as well: what it came too late for, or had to put back, makes another waking, and of two that
 * are to follow the same one only one begins.
 */
function toWaking(
  { repositoryId, member, reason }: Pick<Waking, 'repositoryId' | 'member' | 'reason'>,
  { last }: MemberState,
): Waking {
  const afterMs = last?.beganMs ?? 0;
  const id = `waking:${repositoryId}:${member}:${reason}:after-${afterMs}`;
  return { id, repositoryId, member, reason, afterMs, ...outagesOf(last?.pressures ?? []) };
}

function toState(
  { repository, launchedMs }: TeamRepository,
  { active, rank, moment }: { readonly active: ActiveMember; readonly rank: number; readonly moment: Moment },
): MemberState {
  const { name, wokenBy } = active.member;
  const last =
    moment.wakings.find((one) => one.repositoryId === repository.id && one.member === name) ?? null;
  const ids = moment.waiting
    .filter(({ repositoryId, recipient }) => repositoryId === repository.id && recipient === name)
    .filter(({ type }) => wokenBy.includes(type))
    .map(({ firstId }) => firstId);
  return {
    rank,
    launchedMs,
    last,
    turned: moment.turns.get(name) ?? null,
    messageId: ids.length === 0 ? null : Math.min(...ids),
    eased: last !== null && isEased(last, active, moment),
  };
}

function isEased(
  { pressures, repositoryId }: KeptWaking,
  { member, own }: ActiveMember,
  moment: Moment,
): boolean {
  const taken = moment.taken.find((one) => one.repositoryId === repositoryId && one.member === member.name);
  const standing = {
    queue: moment.full.has(repositoryId) ? 'full' : 'has room',
    open: taken?.open ?? 0,
    atOnce: own.atOnce,
  } as const;
  return pressures.some((pressure) => hasEased(pressure, standing));
}
