import type { Settings } from '../config/settings.ts';
import { speaksMessages } from '../gateway/provider.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import { createReplay } from '../runtimes/replay.ts';
import { toToolPaths } from './tool-paths.ts';

type RuntimeSettings = Pick<
  Settings,
  'recordings' | 'runtimesDirectory' | 'acpAgent' | 'provider' | 'tools' | 'contextTokens'
>;

/**
 * A runtime by its name. One that nobody chose is not loaded: it brings a library that takes its time.
 * @throws Error when there is none of that name, or it has nothing to work with.
 */
export async function openRuntime(name: string, settings: RuntimeSettings): Promise<AgentRuntime> {
  const { recordings, runtimesDirectory, provider, contextTokens } = settings;
  const tools = toToolPaths(settings.tools);
  switch (name) {
    case 'replay': {
      if (recordings === null) {
        throw new Error('BATON_RUNTIME has replay, but there are no recordings. Set BATON_REPLAY_DIR.');
      }
      return createReplay({ directory: recordings });
    }
    case 'ai-sdk': {
      if (provider === null) {
        throw new Error('BATON_RUNTIME has ai-sdk, but there are no models to ask. Set BATON_PROVIDER.');
      }
      const { createAiSdk } = await import('../runtimes/ai-sdk.ts');
      // The lines to Bedrock and Vertex AI speak as Anthropic does.
      const { kind } = provider;
      const spoken = kind === 'bedrock' || kind === 'vertex' ? 'anthropic' : kind;
      return createAiSdk({ provider: spoken, tools, windowTokens: contextTokens });
    }
    case 'claude': {
      const { openClaudeSdk } = await import('../runtimes/claude/open-sdk.ts');
      const { createClaude } = await import('../runtimes/claude.ts');
      return createClaude({ sdk: await openClaudeSdk(runtimesDirectory), tools });
    }
    case 'codex': {
      const { findCodex } = await import('../runtimes/codex/find-codex.ts');
      const { createCodex } = await import('../runtimes/codex.ts');
      return createCodex({ codex: findCodex(runtimesDirectory), tools });
    }
    case 'acp':
      return openAcp(settings);
    default:
      throw new Error(
        `BATON_RUNTIME names ${name}, but there is no such runtime. Set it to ai-sdk, claude, codex, acp or replay.`,
      );
  }
}

/** An agent that speaks the Agent Client Protocol: the operator's own, or the one that is installed. */
async function openAcp({
  provider,
  acpAgent,
  runtimesDirectory,
  tools,
}: RuntimeSettings): Promise<AgentRuntime> {
  if (provider === null) {
    throw new Error('BATON_RUNTIME has acp, but there are no models to ask. Set BATON_PROVIDER.');
  }
  const { findOpenCode } = await import('../runtimes/acp/find-opencode.ts');
  const { createAcp } = await import('../runtimes/acp.ts');
  const agent = acpAgent ?? findOpenCode(runtimesDirectory);
  const api = speaksMessages(provider.kind) ? 'anthropic' : 'openai';
  if (agent.speaks[api] === undefined) {
    throw new Error(
      `BATON_RUNTIME has acp, but ${agent.name} does not speak the API of ${api}, which ${provider.kind} has. Say in ` +
        'BATON_ACP_AGENT how it does, or take another provider.',
    );
  }
  return createAcp({ agent, api, tools: toToolPaths(tools) });
}
