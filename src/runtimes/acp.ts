import type { AcpAgent, LineApi } from '../domain/acp-agent.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import { work } from './acp/work.ts';
import type { AgentQuarters } from './parts/start-agent.ts';
import { withLine } from './parts/with-line.ts';

/** What the operator decides. */
export interface AcpSettings {
  readonly agent: AcpAgent;
  /** What the line to the models speaks. */
  readonly api: LineApi;
  /** Toolchains for the agents' commands. */
  readonly tools: AgentQuarters['tools'];
}

/** Has any agent that speaks the Agent Client Protocol do the work: the whole program runs in the sandbox. */
export function createAcp({ agent, api, tools }: AcpSettings): AgentRuntime<'acp'> {
  return {
    name: 'acp',
    summary: 'Has an agent that speaks the Agent Client Protocol do the work, in the sandbox.',
    async run(brief, place, signal) {
      signal.throwIfAborted();
      return withLine(brief, place, (line) => work({ agent, api, brief, place, line, tools }, signal));
    },
  };
}
