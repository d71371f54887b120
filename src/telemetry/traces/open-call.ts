import { randomUUID } from 'node:crypto';
import type { Happening } from '../../domain/trace-event.ts';
import type { AgentEvent } from '../../ports/agent-event.ts';
import type { CallTrace, Launch, Traces } from '../../ports/traces.ts';

interface CallDesk {
  readonly record: Traces['record'];
  readonly mask: (text: string) => string;
  readonly heartbeatMs: number;
}

const ORCHESTRATOR = 'orchestrator';
/** Two beats without a word. */
const SILENT_AFTER = 2;
/** By the names that the agent programs have for what writes files. */
const WRITES: readonly string[] = ['write_file', 'edit_file', 'Write', 'Edit', 'MultiEdit', 'fileChange'];
const LONGEST_NAME = 100;
const LONGEST_TEXT = 300;

type Tell = (happened: Happening, who?: string) => void;
type Clip = (text: string, most: number) => string;

/** Records one launch of an agent, what it is told and does, and every now and then that it is alive. */
export function openCall(launch: Launch, { record, mask, heartbeatMs }: CallDesk): CallTrace {
  const { trace, agent, step, attempt, task } = launch;
  const about = { trace, step, attempt, call: randomUUID() };
  const startedMs = performance.now();
  let heardMs = startedMs;
  let over = false;

  function tell(happened: Happening, who = agent): void {
    record({ ...about, agent: who, happened });
  }
  function clip(text: string, most: number): string {
    return mask(text).slice(0, most);
  }
  const note = createNoter(tell, clip);
  const heart = setInterval(() => {
    const age = Math.round(performance.now() - heardMs);
    tell({ type: 'health_check', status: age > SILENT_AFTER * heartbeatMs ? 'silent' : 'running', age });
  }, heartbeatMs);
  heart.unref();
  tellLaunch(launch, tell, clip);
  return {
    hear(event) {
      heardMs = performance.now();
      note(event);
    },
    ended(how) {
      if (over) {
        return;
      }
      over = true;
      clearInterval(heart);
      const ms = Math.round(performance.now() - startedMs);
      if (how.kind === 'answered') {
        tell({ type: 'message_received', from: agent, task, ms }, ORCHESTRATOR);
      } else {
        tell({ type: 'agent_failed', reason: clip(how.reason, LONGEST_TEXT), ms });
      }
    },
  };
}

function tellLaunch({ restart, runtime, model, agent, task, tokens }: Launch, tell: Tell, clip: Clip): void {
  if (restart !== null) {
    const { restarts, reason } = restart;
    tell({ type: 'agent_restart', reason: clip(reason, LONGEST_TEXT), restarts });
  }
  tell({ type: 'agent_launched', runtime, model });
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
    if (event.kind === 'usage') {
      const { inputTokens, outputTokens } = event;
      tell({ type: 'model_answered', inputTokens, outputTokens });
    }
    if (event.kind === 'tool.end') {
      const path = writing.get(event.call);
      writing.delete(event.call);
      tell({ type: 'tool_called', tool: clip(event.tool, LONGEST_NAME), ok: event.ok, ms: event.ms });
      if (path !== undefined && event.ok) {
        tell({ type: 'file_modified', path });
      }
    }
  };
}
