import { isBegun, isEnded, type Run } from '../../domain/run.ts';
import type { Happening, TraceEvent } from '../../domain/trace-event.ts';
import type { KeptWaking } from '../../ports/team-records.ts';

/** Most tasks that are named as the slowest. */
const MOST_BOTTLENECKS = 3;

/** All that is known under one id: a run or a waking, or neither any more. */
interface Traced {
  readonly run: Run | null;
  readonly waking: KeptWaking | null;
  readonly events: readonly TraceEvent[];
}

/** The trace of a run, or of a member's waking, in one document. */
export function toTraceDocument(
  id: string,
  { run, waking, events }: Traced,
): Readonly<Record<string, unknown>> {
  return {
    trace_id: id,
    ...(waking === null ? ofRun(run, events) : ofWaking(waking)),
    events: events.map(toEntry),
    metrics: {
      agents_launched: countOf(events, 'agent_launched'),
      total_health_checks: countOf(events, 'health_check'),
      agent_restarts: countOf(events, 'agent_restart'),
      agents_failed: countOf(events, 'agent_failed'),
      messages_sent: countOf(events, 'message_sent'),
      messages_received: countOf(events, 'message_received'),
      tools_called: countOf(events, 'tool_called'),
      files_modified: countOf(events, 'file_modified'),
    },
    bottlenecks: toBottlenecks(events),
  };
}

function ofRun(run: Run | null, events: readonly TraceEvent[]): Readonly<Record<string, string | null>> {
  return {
    agent: 'orchestrator',
    task_type: run === null ? null : taskOf(run),
    outcome: run?.state ?? null,
    started_at: run?.order.requestedAt ?? events[0]?.at ?? null,
    ended_at: run !== null && isEnded(run) ? run.endedAt : null,
  };
}

function ofWaking({ member, state, beganMs, endedMs }: KeptWaking): Readonly<Record<string, string | null>> {
  return {
    agent: member,
    task_type: 'waking',
    outcome: state,
    started_at: new Date(beganMs).toISOString(),
    ended_at: endedMs === null ? null : new Date(endedMs).toISOString(),
  };
}

function taskOf(run: Run): string | null {
  return isBegun(run) ? run.definition.workflow.name : run.order.workflow;
}

/** What readers of such traces call the fields. */
const FIELDS: Readonly<Record<string, string>> = {
  age: 'heartbeat_age',
  cpuPercent: 'cpu_percent',
  from: 'from_agent',
  inputTokens: 'input_tokens',
  memoryBytes: 'memory_bytes',
  ms: 'duration_ms',
  outputTokens: 'output_tokens',
  restarts: 'restart_count',
  task: 'task_type',
  to: 'to_agent',
};

function toEntry({
  id,
  at,
  agent,
  step,
  attempt,
  call,
  happened,
}: TraceEvent): Readonly<Record<string, unknown>> {
  const { type, ...details } = happened;
  return {
    event_type: type,
    event_id: id,
    at,
    agent,
    ...(step === null ? {} : { step }),
    ...(attempt === null ? {} : { attempt }),
    ...(call === null ? {} : { call_id: call }),
    ...(type === 'message_sent' ? { from_agent: agent } : {}),
    ...(type === 'message_received' ? { to_agent: agent } : {}),
    ...Object.fromEntries(Object.entries(details).map(toField)),
  };
}

function toField([name, value]: readonly [string, unknown]): readonly [string, unknown] {
  return [FIELDS[name] ?? name, name === 'age' ? `${Math.round(Number(value) / 1000)}s` : value];
}

function countOf(events: readonly TraceEvent[], type: Happening['type']): number {
  return events.filter(({ happened }) => happened.type === type).length;
}

/** The attempts that took longest, with their share of all. */
function toBottlenecks(events: readonly TraceEvent[]): readonly unknown[] {
  const tasks = events.flatMap(({ step, attempt, happened }) =>
    happened.type === 'task_completed' && step !== null ? [{ step, attempt, ms: happened.ms }] : [],
  );
  const all = tasks.reduce((sum, { ms }) => sum + ms, 0);
  return tasks
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, MOST_BOTTLENECKS)
    .map(({ step, attempt, ms }) => ({
      step,
      attempt,
      duration_ms: ms,
      share: all === 0 ? 0 : Math.round((100 * ms) / all) / 100,
    }));
}
