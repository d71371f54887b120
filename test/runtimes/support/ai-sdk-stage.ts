import type { Brief } from '../../../src/domain/brief.ts';
import type { AgentEvent } from '../../../src/ports/agent-event.ts';
import type { AgentAnswer, AgentPlace } from '../../../src/ports/agent-runtime.ts';
import type { Tree } from '../../../src/ports/workspace.ts';
import { type AiSdkSettings, createAiSdk } from '../../../src/runtimes/ai-sdk.ts';
import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { findProcesses } from '../../sandbox/support/host.ts';
import { aBrief, aPlace, openExample, SILENT } from '../../support/examples.ts';
import { createTestLines, type TestLines } from '../../support/model-line.ts';
import { type ModelScript, type ModelServer, startModelServer } from '../../support/model-server.ts';

const ROLE = { ...aBrief().role, tools: ['read', 'search', 'edit', 'bash'] as const };
export const WORK = { kind: 'work', summary: 'The orders have another name.' };
export const REPORT = { calls: [['report', { report: WORK }]] } as const;
const PATIENCE = { retries: 2, firstWaitMs: 1, longestWaitMs: 2000 };

export interface Asking {
  readonly brief?: Partial<Brief>;
  readonly settings?: Partial<AiSdkSettings>;
  readonly place?: Partial<AgentPlace>;
  readonly signal?: AbortSignal;
}

/** A tree, a sandbox and a model that follows a script, for one call of the runtime. */
export interface AiSdkStage {
  readonly tree: Tree;
  readonly server: ModelServer;
  readonly lines: TestLines;
  readonly events: readonly AgentEvent[];
  readonly ask: (asking?: Asking) => Promise<AgentAnswer>;
  /** What the call has left behind: sockets of lines, and processes in the tree. */
  readonly leftovers: () => readonly string[];
  close(): Promise<void>;
}

/** `url`: another server in place of the model's. */
export async function setAiSdkStage(script: ModelScript, url?: string): Promise<AiSdkStage> {
  const [tree, server] = await Promise.all([openExample(), startModelServer(script)]);
  const lines = await createTestLines(url ?? server.url);
  const events: AgentEvent[] = [];
  return {
    tree,
    server,
    lines,
    events,
    ask({ brief, settings, place, signal = new AbortController().signal } = {}) {
      const runtime = createAiSdk({
        provider: 'openai-compatible',
        tools: { readOnly: [], path: [] },
        windowTokens: 200_000,
        patience: PATIENCE,
        ...settings,
      });
      const given = aPlace({
        tree,
        sandbox: createBubblewrapSandbox({ log: SILENT }),
        openLine: (models) => lines.open(models),
        emit: (event) => events.push(event),
        ...place,
      });
      return runtime.run(aBrief({ role: { ...ROLE, tools: [...ROLE.tools] }, ...brief }), given, signal);
    },
    leftovers: () => [...lines.sockets, ...findProcesses(tree.path)],
    async close() {
      await Promise.all([tree.close(), server.stop(), lines.close()]);
    },
  };
}
