import type { RunningRun } from '../domain/run.ts';
import type { AgentEvent } from '../ports/agent-event.ts';
import type { Parts } from './parts.ts';

/** Tells the log what an agent does; what it or its tools say is masked. */
export function logAgentEvent(
  { log, mask }: Pick<Parts, 'log' | 'mask'>,
  { order, step, attempt }: RunningRun,
  event: AgentEvent,
): void {
  const fields = { runId: order.id, step, attempt };
  log.debug({ ...fields, event: toMasked(event, mask) }, 'an agent did something');
}

function toMasked(event: AgentEvent, mask: (text: string) => string): AgentEvent {
  switch (event.kind) {
    case 'text':
      return { ...event, text: mask(event.text) };
    case 'tool.start':
      return { ...event, about: mask(event.about) };
    case 'warning':
      return { ...event, message: mask(event.message) };
    case 'retry':
      return { ...event, why: mask(event.why) };
    case 'tool.end':
    case 'usage':
    case 'process':
    case 'health':
      return event;
  }
}
