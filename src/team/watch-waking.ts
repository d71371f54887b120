import type { Waking } from '../domain/team/waking.ts';
import type { Happening } from '../domain/trace-event.ts';
import type { CallTrace } from '../ports/traces.ts';
import type { TeamDesk } from './team-desk.ts';

/** One try at a waking. */
export interface Try {
  readonly waking: Waking;
  /** Why the one before crashed; null for the first. */
  readonly crash: { readonly crashes: number; readonly why: string } | null;
}

/** A member at work, who is looked after, and of whom everything is recorded. */
export interface WatchedWaking {
  tell(happened: Happening): void;
  ended: CallTrace['ended'];
}

/** Begins to look after one try at a waking. Whoever begins it ends it. */
export function watchWaking({ waking, crash }: Try, { traces, supervisor, pid }: TeamDesk): WatchedWaking {
  const { id, repositoryId, member, reason } = waking;
  const crashes = crash?.crashes ?? 0;
  const call = traces.openCall({
    trace: id,
    agent: member,
    step: null,
    attempt: crashes + 1,
    runtime: 'member',
    model: null,
    pid,
    task: reason,
    restart: crash === null ? null : { restarts: crashes, reason: crash.why },
  });
  const attendance = supervisor.attend({
    id,
    repositoryId,
    member,
    work: id,
    // It has no process of its own.
    memoryMb: Number.POSITIVE_INFINITY,
    onLooked({ status, silentMs, ailments }) {
      call.tell({ type: 'health_check', status, age: silentMs, pid, ailments: [...ailments] });
    },
  });
  return {
    tell(happened) {
      attendance.heard();
      call.tell(happened);
    },
    ended(how) {
      attendance.ended();
      call.ended(how);
    },
  };
}
