import type { AgentRuntime } from '../ports/agent-runtime.ts';
import { PATIENCE, type Patience } from './ai-sdk/line-fetch.ts';
import type { ProviderKind } from './ai-sdk/open-model.ts';
import type { ToolHostPlace } from './ai-sdk/open-tool-host.ts';
import { work } from './ai-sdk/work.ts';
import { withLine } from './parts/with-line.ts';

/** What the operator decides. */
export interface AiSdkSettings {
  readonly provider: ProviderKind;
  /** Toolchains for the agents' commands. */
  readonly tools: ToolHostPlace['tools'];
  /** Tokens that the models take in one conversation. */
  readonly windowTokens: number;
  readonly patience?: Patience;
}

/** Asks models of Anthropic, OpenAI and all that speak like it; their tools run in the sandbox. */
export function createAiSdk(settings: AiSdkSettings): AgentRuntime<'ai-sdk'> {
  const { provider, tools, windowTokens, patience = PATIENCE } = settings;
  // Its warnings are events here; by itself it would print them.
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return {
    name: 'ai-sdk',
    summary: 'Asks a model of Anthropic, OpenAI or any server that speaks like it.',
    async run(brief, place, signal) {
      signal.throwIfAborted();
      const limits = { windowTokens, patience };
      return withLine(brief, place, (line) => work({ brief, place, line, provider, tools, limits }, signal));
    },
  };
}
