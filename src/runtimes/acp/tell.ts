import type { AgentEvent } from '../../ports/agent-event.ts';
import { toAbout } from '../parts/to-about.ts';
import type { ToolUpdate, Update } from './update.ts';

/** Longest message that is kept, in characters; what an agent says beyond is left out. */
const MAX_TEXT = 1_000_000;

/** Most calls that are open at a time; of more, the oldest is never told to have ended. */
const MAX_CALLS = 1_000;

interface Call {
  /** All that was said of it so far; each update has only what is new. */
  known: ToolUpdate;
  /** Null until it has begun. */
  startedMs: number | null;
}

/** Hears what an agent says, and tells each of its messages and calls. */
export interface Teller {
  hear(update: Update): void;
  /** What the agent has said last, at the end of a turn. */
  takeText(): string;
}

export function createTeller(emit: (event: AgentEvent) => void): Teller {
  const hearTool = createCallTeller(emit);
  const said = { text: '', message: null as string | null };

  function endMessage(): string {
    const { text } = said;
    said.text = '';
    if (text.trim() !== '') {
      emit({ kind: 'text', text });
    }
    return text;
  }

  function hearText({ messageId = null, content }: Extract<Update, { content: unknown }>): void {
    if (messageId !== said.message) {
      endMessage();
      said.message = messageId;
    }
    said.text += content.text.slice(0, MAX_TEXT - said.text.length);
  }

  return {
    hear(update) {
      if (update.sessionUpdate === 'agent_message_chunk') {
        hearText(update);
      } else {
        endMessage();
        hearTool(update);
      }
    },
    takeText: endMessage,
  };
}

function createCallTeller(emit: (event: AgentEvent) => void): (update: ToolUpdate) => void {
  const calls = new Map<string, Call>();

  /** What a call is about is known only when it begins. */
  function tellStart(call: Call): void {
    if (call.startedMs === null) {
      call.startedMs = performance.now();
      const { known } = call;
      emit({ kind: 'tool.start', call: known.toolCallId, tool: toolOf(known), about: aboutOf(known) });
    }
  }

  function tellEnd({ known, startedMs }: Call): void {
    const ms = Math.round(performance.now() - (startedMs ?? performance.now()));
    const ok = known.status === 'completed';
    emit({ kind: 'tool.end', call: known.toolCallId, tool: toolOf(known), ok, ms });
  }

  return (update) => {
    const call = calls.get(update.toolCallId) ?? { known: update, startedMs: null };
    call.known = { ...call.known, ...dropEmpty(update) };
    calls.set(update.toolCallId, call);
    const [oldest] = calls.keys();
    if (calls.size > MAX_CALLS && oldest !== undefined) {
      calls.delete(oldest);
    }
    if ((update.status ?? 'pending') !== 'pending') {
      tellStart(call);
    }
    if (update.status === 'completed' || update.status === 'failed') {
      calls.delete(update.toolCallId);
      tellEnd(call);
    }
  };
}

/** What an update does not say stays as it was. */
function dropEmpty(update: ToolUpdate): Partial<ToolUpdate> {
  return Object.fromEntries(
    Object.entries(update).filter(([, value]) => value !== null && value !== undefined),
  );
}

function toolOf({ name, kind }: ToolUpdate): string {
  return name ?? kind ?? 'other';
}

function aboutOf({ title, locations, rawInput }: ToolUpdate): string {
  const input = typeof rawInput === 'object' && rawInput !== null ? rawInput : {};
  return toAbout({ path: locations?.[0]?.path ?? title, ...input });
}
