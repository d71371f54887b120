import type { Settings } from '../config/settings.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import { createReplay } from '../runtimes/replay.ts';
import { toToolPaths } from './tool-paths.ts';

/**
 * The runtime that the operator chose. One that nobody chose is not loaded: it brings a library that takes its time.
 * @throws Error when there is none of that name, or it has nothing to work with.
 */
export async function openRuntime(
  settings: Pick<Settings, 'runtime' | 'runtimesDirectory' | 'provider' | 'tools'>,
): Promise<AgentRuntime> {
  const { runtime, runtimesDirectory, provider, tools } = settings;
  if (runtime.kind === 'replay') {
    return createReplay({ directory: runtime.directory });
  }
  switch (runtime.name) {
    case 'ai-sdk': {
      if (provider === null) {
        throw new Error('BATON_RUNTIME is ai-sdk, but there are no models to ask. Set BATON_PROVIDER.');
      }
      const { createAiSdk } = await import('../runtimes/ai-sdk.ts');
      return createAiSdk({ provider: provider.kind, tools: toToolPaths(tools) });
    }
    case 'claude': {
      const { openClaudeSdk } = await import('../runtimes/claude/open-sdk.ts');
      const { createClaude } = await import('../runtimes/claude.ts');
      return createClaude({ sdk: await openClaudeSdk(runtimesDirectory), tools: toToolPaths(tools) });
    }
    case 'codex': {
      const { findCodex } = await import('../runtimes/codex/find-codex.ts');
      const { createCodex } = await import('../runtimes/codex.ts');
      return createCodex({ codex: findCodex(runtimesDirectory), tools: toToolPaths(tools) });
    }
    default:
      throw new Error(
        `BATON_RUNTIME names ${runtime.name}, but there is no such runtime. Set it to ai-sdk, claude, codex or replay.`,
      );
  }
}
