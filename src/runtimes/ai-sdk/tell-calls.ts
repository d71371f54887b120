import type { AgentEvent } from '../../ports/agent-event.ts';
import { toAbout } from '../parts/to-about.ts';
import type { ToolHost } from './open-tool-host.ts';

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
