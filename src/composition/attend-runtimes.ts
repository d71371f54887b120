import type { RunningRun } from '../domain/run.ts';
import { DEFAULT_MEMBER_SETTINGS } from '../domain/team/member-settings.ts';
import type { RuntimeAtHand, RuntimesAtHand } from '../orchestration/meter-attempt.ts';
import type { AgentPlace } from '../ports/agent-runtime.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Attendance, Supervisor } from '../team/create-supervisor.ts';

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
        const attendance = supervisor.attend(toAgent(run, runtime.name));
        try {
          return await runtime.run(brief, toAttendedPlace(place, attendance), signal);
        } finally {
          attendance.ended();
        }
      },
    },
  };
}

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

function toAttendedPlace(place: AgentPlace, attendance: Attendance): AgentPlace {
  return {
    ...place,
    sandbox: toAttendedSandbox(place.sandbox, attendance),
    emit(event) {
      attendance.heard();
      place.emit(event);
    },
  };
}

function toAttendedSandbox(sandbox: Sandbox, attendance: Attendance): Sandbox {
  function onStarted(pid: number): void {
    attendance.started(pid);
  }
  return {
    ...sandbox,
    run: (command, signal) => sandbox.run({ ...command, onStarted }, signal),
    start: (command, signal) => sandbox.start({ ...command, onStarted }, signal),
  };
}
