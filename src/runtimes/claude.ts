import type { AgentRuntime } from '../ports/agent-runtime.ts';
import type { ClaudeSdk } from './claude/open-sdk.ts';
import { work } from './claude/work.ts';
import type { AgentQuarters } from './parts/start-agent.ts';
import { withLine } from './parts/with-line.ts';

/** What the operator decides. */
export interface ClaudeSettings {
  readonly sdk: ClaudeSdk;
  /** Toolchains for the agents' commands. */
  readonly tools: AgentQuarters['tools'];
}

/** Has Claude Code do the work: the whole program runs in the sandbox, and is led from here by its Agent SDK. */
export function createClaude({ sdk, tools }: ClaudeSettings): AgentRuntime<'claude'> {
  return {
    name: 'claude',
    summary: 'Has Claude Code of Anthropic do the work, in the sandbox.',
    async run(brief, place, signal) {
      signal.throwIfAborted();
      return withLine(brief, place, (line) => work({ sdk, brief, place, line, tools }, signal));
    },
  };
}
