import { randomUUID } from 'node:crypto';
import type { Happening } from '../../domain/trace-event.ts';
import type { AgentEvent } from '../../ports/agent-event.ts';
import type { CallTrace, Launch, Traces } from '../../ports/traces.ts';

interface CallDesk {
  readonly record: Traces['record'];
  readonly mask: (text: string) => string;
}

const ORCHESTRATOR = 'orchestrator';
/** By the names that the agent programs have for what writes files. */
const WRITES: readonly string[] = ['write_file', 'edit_file', 'Write', 'Edit', 'MultiEdit', 'fileChange'];
const LONGEST_NAME = 100;
const LONGEST_TEXT = 300;

type Tell = (happened: Happening, who?: string) => void;
type Clip = (text: string, most: number) => string;

/** Records one launch of an agent, what it is told, and what it does until it ends. */
export function openCall(launch: Launch, { record, mask }: CallDesk): CallTrace {
  const { trace, agent, step, attempt, task, provider, model } = launch;
  const asking = provider === undefined || model === null ? {} : { provider, model };
  const about = { trace, step, attempt, call: randomUUID() };
  const startedMs = performance.now();
  let over = false;

  function tell(happened: Happening, who = agent): void {
    if (!over) {
      record({ ...about, agent: who, happened });
    }
  }
  function clip(text: string, most: number): string {
    return mask(text).slice(0, most);
  }
  tellLaunch(launch, tell, clip);
  return {
    hear: createNoter(
      (happened) => tell(happened.type === 'model_answered' ? { ...happened, ...asking } : happened),
      clip,
    ),
    tell: (happened) => tell(happened),
    ended(how) {
      const ms = Math.round(performance.now() - startedMs);
      if (how.kind === 'answered') {
        tell({ type: 'message_received', from: agent, task, ms, ...asking }, ORCHESTRATOR);
      } else {
        tell({ type: 'agent_failed', reason: clip(how.reason, LONGEST_TEXT), ms, ...asking });
      }
      over = true;
    },
  };
}

function tellLaunch(
  { restart, runtime, model, pid, agent, task, tokens }: Launch,
  tell: Tell,
  clip: Clip,
): void {
  if (restart !== null) {
    const { restarts, reason } = restart;
    tell({ type: 'agent_restart', reason: clip(reason, LONGEST_TEXT), restarts });
  }
  tell({ type: 'agent_launched', runtime, model, ...(pid === undefined ? {} : { pid }) });
  const size = tokens === undefined ? {} : { tokens };
  tell({ type: 'message_sent', to: agent, task, ...size }, ORCHESTRATOR);
}

/** What an agent does, as far as it is recorded. A file counts as changed when the tool that writes it said so. */
function createNoter(tell: Tell, clip: Clip): (event: AgentEvent) => void {
  const writing = new Map<string, string>();
  return (event) => {
    if (event.kind === 'tool.start' && WRITES.includes(event.tool)) {
      writing.set(event.call, clip(event.about, LONGEST_TEXT));
    }
    const happened = toHappening(event, clip);
    if (happened !== null) {
      tell(happened);
    }
    if (event.kind === 'tool.end') {
      const path = writing.get(event.call);
      writing.delete(event.call);
      if (path !== undefined && event.ok) {
        tell({ type: 'file_modified', path });
      }
    }
  };
}

/** Null for what is not recorded by itself: texts are not kept. */
function toHappening(event: AgentEvent, clip: Clip): Happening | null {
  switch (event.kind) {
    case 'tool.end':
      return { type: 'tool_called', tool: clip(event.tool, LONGEST_NAME), ok: event.ok, ms: event.ms };
    case 'usage': {
      const { inputTokens, outputTokens } = event;
      return { type: 'model_answered', inputTokens, outputTokens };
    }
    case 'process':
      return { type: 'process_started', pid: event.pid };
    case 'health': {
      const { kind: _kind, ageMs, ailments, ...measured } = event;
      return { type: 'health_check', ...measured, age: ageMs, ailments: [...ailments] };
    }
    case 'text':
    case 'tool.start':
    case 'retry':
    case 'warning':
      return null;
  }
}
