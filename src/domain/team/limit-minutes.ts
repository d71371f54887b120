import type { RepositorySettings } from '../repository-settings.ts';
import type { Order } from '../run.ts';
import type { Definition } from '../workflow.ts';

/** The definition with no role asked for longer than the member may that asks for the run. */
export function limitMinutes(
  definition: Definition,
  { member }: Pick<Order, 'member'>,
  { team }: Pick<RepositorySettings, 'team'>,
): Definition {
  const most = member === undefined ? undefined : team.members[member]?.minutes;
  if (most === undefined || definition.setups === undefined) {
    return definition;
  }
  const setups = Object.entries(definition.setups).map(
    ([role, setup]) => [role, { ...setup, minutes: Math.min(most, setup.minutes ?? most) }] as const,
  );
  return { ...definition, setups: Object.fromEntries(setups) };
}
