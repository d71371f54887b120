import type { AgentEvent } from '../ports/agent-event.ts';
import type { AgentPlace } from '../ports/agent-runtime.ts';
import type { ModelLine } from '../ports/model-gateway.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Attendance } from '../team/create-supervisor.ts';

/** A place in which an agent is looked after. */
interface AttendedPlace {
  readonly place: AgentPlace;
  /** Whether the agent waits for its model or for a tool, and so need not say anything. */
  waits(): boolean;
}

/** The same place; the supervisor hears of each sign of life, and of the process. */
export function toAttendedPlace(place: AgentPlace, attendance: Attendance): AttendedPlace {
  const tools = new Set<string>();
  const lines: ModelLine[] = [];
  const { openLine } = place;
  function emit(event: AgentEvent): void {
    attendance.heard();
    if (event.kind === 'tool.start') {
      tools.add(event.call);
    }
    if (event.kind === 'tool.end') {
      tools.delete(event.call);
    }
    place.emit(event);
  }
  return {
    place: {
      ...place,
      sandbox: toAttendedSandbox(place, attendance),
      emit,
      openLine:
        openLine === null
          ? null
          : async (models) => {
              const line = await openLine(models);
              lines.push(line);
              return line;
            },
    },
    waits: () => tools.size > 0 || lines.some((line) => line.isAsked()),
  };
}

function toAttendedSandbox({ sandbox, emit }: AgentPlace, attendance: Attendance): Sandbox {
  function onStarted(pid: number): void {
    attendance.started(pid);
    emit({ kind: 'process', pid });
  }
  return {
    ...sandbox,
    run: (command, signal) => sandbox.run({ ...command, onStarted }, signal),
    start: (command, signal) => sandbox.start({ ...command, onStarted }, signal),
  };
}
