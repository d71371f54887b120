import type { RunningRun } from '../domain/run.ts';
import { DEFAULT_MEMBER_SETTINGS } from '../domain/team/member-settings.ts';
import type { RuntimeAtHand, RuntimesAtHand } from '../orchestration/meter-attempt.ts';
import type { AgentEvent } from '../ports/agent-event.ts';
import type { AgentAnswer } from '../ports/agent-runtime.ts';
import type { Looked, Supervisor } from '../team/create-supervisor.ts';
import { toAttendedPlace } from './attended-place.ts';

/** What an agent of a person's run may use of memory before that is said: the programs of runtimes are large. */
const PERSONS_MEMORY_MB = 1024;

/** The same runtimes; the supervisor knows of each agent that they run in this attempt, and of its process. */
export function attendRuntimes(
  runtimes: RuntimesAtHand,
  run: RunningRun,
  supervisor: Supervisor,
): RuntimesAtHand {
  return new Map([...runtimes].map(([name, hand]) => [name, attendRuntime(hand, run, supervisor)]));
}

function attendRuntime(hand: RuntimeAtHand, run: RunningRun, supervisor: Supervisor): RuntimeAtHand {
  const { runtime } = hand;
  return {
    ...hand,
    runtime: {
      ...runtime,
      async run(brief, place, signal) {
        const hung = new AbortController();
        const attendance = supervisor.attend({
          ...toAgent(run, runtime.name),
          onLooked(looked) {
            // Past the attendance: that somebody looks is no sign of life.
            place.emit(toHealthEvent(looked));
            if (looked.pid !== null && looked.status === 'silent' && !attended.waits()) {
              hung.abort(looked);
            }
          },
        });
        const attended = toAttendedPlace(place, attendance);
        try {
          return await runtime.run(brief, attended.place, AbortSignal.any([signal, hung.signal]));
        } catch (error) {
          signal.throwIfAborted();
          if (hung.signal.aborted) {
            return HUNG;
          }
          throw error;
        } finally {
          attendance.ended();
        }
      },
    },
  };
}

/** Of one that waits neither for its model nor for a tool, and says nothing. */
const HUNG: AgentAnswer = {
  kind: 'failed',
  reason: 'crash',
  message:
    'The agent was ended: it said nothing for too long, and waited neither for its model nor for a tool.',
  remedy: 'Retry; if it happens again, look at the log, or raise BATON_TEAM_SILENCE_SECONDS.',
  retriable: true,
};

function toAgent({ order, step, attempt, settings }: RunningRun, runtime: string) {
  const { member = null } = order;
  const own = member === null ? undefined : settings.team.members[member];
  return {
    id: `${order.id} ${step} ${attempt} ${runtime}`,
    repositoryId: order.subject.repository.id,
    member,
    work: `${order.id} ${step}`,
    memoryMb: member === null ? PERSONS_MEMORY_MB : (own ?? DEFAULT_MEMBER_SETTINGS).memoryMb,
  };
}

function toHealthEvent(looked: Looked): AgentEvent {
  const { status, silentMs, pid, cpuPercent, memoryBytes, ailments } = looked;
  return { kind: 'health', status, ageMs: silentMs, pid, cpuPercent, memoryBytes, ailments };
}
