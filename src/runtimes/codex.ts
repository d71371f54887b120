import type { AgentRuntime } from '../ports/agent-runtime.ts';
import type { CodexProgram } from './codex/find-codex.ts';
import { work } from './codex/work.ts';
import type { AgentQuarters } from './parts/start-agent.ts';
import { withLine } from './parts/with-line.ts';

/** What the operator decides. */
export interface CodexSettings {
  readonly codex: CodexProgram;
  /** Toolchains for the agents' commands. */
  readonly tools: AgentQuarters['tools'];
}

/** Has Codex do the work: the whole program runs in the sandbox, and is led from here over its standard streams. */
export function createCodex({ codex, tools }: CodexSettings): AgentRuntime<'codex'> {
  return {
    name: 'codex',
    summary: 'Has Codex of OpenAI do the work, in the sandbox.',
    async run(brief, place, signal) {
      signal.throwIfAborted();
      return withLine(brief, place, (line) => work({ codex, brief, place, line, tools }, signal));
    },
  };
}
