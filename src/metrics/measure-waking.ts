import type { Reading } from '../ports/measures.ts';
import type { TaskDuration } from '../ports/team-records.ts';
import { type KnownNames, toLabel } from './known-names.ts';
import { observe } from './readings.ts';

/** What a member did besides asking for runs. */
export function measureWaking(
  { member, type, durationMs }: TaskDuration,
  { members }: Pick<KnownNames, 'members'>,
): readonly Reading[] {
  return observe(
    'baton_team_task_duration_seconds',
    { member: toLabel(member, members), task: type },
    durationMs / 1000,
  );
}
