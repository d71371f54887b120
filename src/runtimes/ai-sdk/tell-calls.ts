import type { AgentEvent } from '../../ports/agent-event.ts';
import type { ToolInputs, ToolName } from '../tool-host/protocol.ts';
import type { ToolHost } from './open-tool-host.ts';

const MOST_ABOUT = 200;

/** The same tools; each call is told. */
export function tellCalls(host: ToolHost, emit: (event: AgentEvent) => void): ToolHost {
  let calls = 0;
  return {
    ...host,
    async call(tool, input) {
      calls += 1;
      const call = String(calls);
      const startedMs = performance.now();
      emit({ kind: 'tool.start', call, tool, about: toAbout(input) });
      const answer = await host.call(tool, input);
      emit({ kind: 'tool.end', call, tool, ok: answer.ok, ms: Math.round(performance.now() - startedMs) });
      return answer;
    },
  };
}

function toAbout(input: ToolInputs[ToolName]): string {
  const {
    command,
    pattern,
    path,
    glob,
  }: { readonly [Field in (typeof FIELDS)[number]]?: string | undefined } = input;
  const about = command ?? pattern ?? path ?? glob ?? '.';
  return about.length <= MOST_ABOUT ? about : `${about.slice(0, MOST_ABOUT)}...`;
}

const FIELDS = ['command', 'pattern', 'path', 'glob'] as const;
