import type { AgentEvent } from '../../ports/agent-event.ts';
import { toAbout } from '../parts/to-about.ts';
import type { Block, Message, Result } from './message.ts';

/** Tells each message of Claude Code as what it means. */
export function createTeller(emit: (event: AgentEvent) => void): (message: Message) => void {
  const calls = new Map<string, { readonly tool: string; readonly startedMs: number }>();

  function tellBlock(block: Block): void {
    switch (block.type) {
      case 'text':
        emit({ kind: 'text', text: block.text });
        break;
      case 'tool_use':
        calls.set(block.id, { tool: block.name, startedMs: performance.now() });
        emit({ kind: 'tool.start', call: block.id, tool: block.name, about: toAbout(block.input) });
        break;
      case 'tool_result':
        tellEnd(block);
    }
  }

  function tellEnd({
    tool_use_id: call,
    is_error: isError = false,
  }: Extract<Block, { type: 'tool_result' }>): void {
    const begun = calls.get(call);
    if (begun !== undefined) {
      calls.delete(call);
      const ms = Math.round(performance.now() - begun.startedMs);
      emit({ kind: 'tool.end', call, tool: begun.tool, ok: !isError, ms });
    }
  }

  return (message) => {
    switch (message.type) {
      case 'assistant':
        message.message.content.forEach(tellBlock);
        break;
      case 'user':
        // Its words are what it was asked.
        message.message.content.filter(({ type }) => type === 'tool_result').forEach(tellBlock);
        break;
      case 'system':
        emit({
          kind: 'retry',
          why: `the provider answered ${message.error_status ?? 'nothing'}`,
          waitMs: Math.round(message.retry_delay_ms),
        });
        break;
      case 'result':
        emit({ kind: 'usage', ...toTokens(message) });
    }
  };
}

function toTokens({ usage }: Result): { inputTokens: number | null; outputTokens: number | null } {
  const { input_tokens: input, cache_creation_input_tokens: written, cache_read_input_tokens: read } = usage;
  return {
    inputTokens: input === undefined || input === null ? null : input + (written ?? 0) + (read ?? 0),
    outputTokens: usage.output_tokens ?? null,
  };
}
