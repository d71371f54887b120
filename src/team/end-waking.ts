import type { Waking } from '../domain/team/waking.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import type { TeamDesk } from './team-desk.ts';

interface End {
  readonly note: Parameters<TeamRecords['note']>[1];
  /** When the waking began, in milliseconds. */
  readonly atMs: number;
}

/** Keeps how a waking ended, and records it. */
export async function endWaking(
  { id, member }: Waking,
  { note, atMs }: End,
  { records, traces, clock }: TeamDesk,
): Promise<void> {
  await records.note(id, note);
  traces.record({
    trace: id,
    agent: member,
    step: null,
    attempt: null,
    call: null,
    happened: {
      type: 'task_completed',
      task: 'waking',
      outcome: note.state,
      ms: Math.max(0, Date.parse(clock.now()) - atMs),
    },
  });
}
