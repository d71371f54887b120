import type { Settings } from '../config/settings.ts';
import type { AgentRuntime } from '../ports/agent-runtime.ts';
import { createReplay } from '../runtimes/replay.ts';

/**
 * The runtime that the operator chose.
 * @throws Error when there is none of that name.
 */
export function openRuntime(runtime: Settings['runtime']): AgentRuntime {
  if (runtime.kind === 'replay') {
    return createReplay({ directory: runtime.directory });
  }
  throw new Error(`BATON_RUNTIME names ${runtime.name}, but there is no such runtime. Set it to replay.`);
}
