import { z } from 'zod';
import { activeMembers } from '../domain/team/active-members.ts';
import { lastingSinceMs } from '../domain/team/pressure.ts';
import type { Engine } from '../ports/engine.ts';
import type { TeamDesk } from './team-desk.ts';

/** Name of the durable workflow that says who does not wait for GitHub any more. */
export const OUTAGE_LEFT = 'outage-left';

/** What it is started with. */
export const outageLeftSchema = z.object({ repositoryId: z.int() });

/**
 * Looks for members that waited for GitHub and were stopped, or are not enabled any more: they do not wake, so nobody else
 * would take back what people were told. Each is told of once, whichever replica finds it first.
 */
export function createWatchOutages(
  { members, records }: Pick<TeamDesk, 'members' | 'records'>,
  engine: Pick<Engine, 'start'>,
): () => Promise<void> {
  const seen = new Set<string>();
  return async function watchOutages() {
    const [places, wakings, switches] = await Promise.all([
      records.repositories(),
      records.wakings(),
      records.switches(),
    ]);
    const waiting = wakings.filter(
      ({ endedMs, pressures }) => endedMs !== null && lastingSinceMs(pressures) !== null,
    );
    for (const { repository, settings } of places) {
      const active = activeMembers(members, settings).map(({ member }) => member.name);
      const left = waiting
        .filter((one) => one.repositoryId === repository.id)
        .filter(({ member }) => !active.includes(member) || switches.get(member)?.stopped === true)
        .map(
          ({ id, member }) => `${OUTAGE_LEFT}:${id}:${active.includes(member) ? 'stopped' : 'not-enabled'}`,
        );
      for (const id of left.filter((one) => !seen.has(one))) {
        await engine.start({ workflow: OUTAGE_LEFT, id, input: { repositoryId: repository.id } });
        seen.add(id);
      }
    }
  };
}
