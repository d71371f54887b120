import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Brief } from '../../../src/domain/brief.ts';
import { createGateway } from '../../../src/gateway/create-gateway.ts';
import type { KeyProvider } from '../../../src/gateway/provider.ts';
import type { AgentEvent } from '../../../src/ports/agent-event.ts';
import type { AgentAnswer, AgentPlace, AgentRuntime } from '../../../src/ports/agent-runtime.ts';
import type { ModelCall } from '../../../src/ports/model-spending.ts';
import type { Tree } from '../../../src/ports/workspace.ts';
import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { findProcesses } from '../../sandbox/support/host.ts';
import { aBrief, aPlace, openExample, SILENT } from '../../support/examples.ts';
import { createMemorySpending } from '../../support/memory-spending.ts';
import { type ModelScript, type ModelServer, startModelServer } from '../../support/model-server.ts';

export const PROVIDER_KEY = 'sk-canary-key-0123456789abcdef';
const MODEL = 'some-model';
const ROLE = { ...aBrief().role, tools: ['read', 'search', 'edit', 'bash'] as const };

export interface Asking {
  readonly brief?: Partial<Brief>;
  readonly place?: Partial<AgentPlace>;
  readonly budgets?: Parameters<Awaited<ReturnType<typeof createGateway>>['open']>[0]['budgets'];
  readonly signal?: AbortSignal;
}

/** A tree, a sandbox, our own gateway, and behind it a model that follows a script. */
export interface ProgramStage {
  readonly tree: Tree;
  readonly server: ModelServer;
  readonly events: readonly AgentEvent[];
  /** What the gateway has written down. */
  readonly calls: readonly ModelCall[];
  readonly ask: (asking?: Asking) => Promise<AgentAnswer>;
  /** What a call has left behind: sockets of lines, processes in the tree, and directories. */
  readonly leftovers: () => readonly string[];
  close(): Promise<void>;
}

export interface ProgramStagePlan {
  readonly runtime: AgentRuntime;
  readonly provider: KeyProvider['kind'];
  readonly script: ModelScript;
  /** Another provider in place of the model that follows the script: its base URL with the version. */
  readonly url?: string;
}

/** For runtimes that run a program of others in the sandbox. */
export async function setProgramStage({
  runtime,
  provider,
  script,
  url,
}: ProgramStagePlan): Promise<ProgramStage> {
  const thinks = provider === 'anthropic';
  const [tree, server, home] = await Promise.all([
    openExample(),
    startModelServer(script, { thinks }),
    mkdtemp(join(tmpdir(), 'baton-gw-')),
  ]);
  const spending = createMemorySpending();
  const gateway = await createGateway({
    home,
    provider: { kind: provider, url: url ?? `${server.url}/v1`, key: PROVIDER_KEY },
    prices: { [MODEL]: { input: 1, output: 2 } },
    spending,
    log: SILENT,
  });
  const events: AgentEvent[] = [];
  const before = new Set(await readdir(tmpdir()));
  return {
    tree,
    server,
    events,
    calls: spending.calls,
    ask({ brief, place, budgets = [], signal = new AbortController().signal } = {}) {
      const identity = { runId: 'run-1', repository: '901', subject: '901#7', step: 'implement', attempt: 1 };
      const given = aPlace({
        tree,
        sandbox: createBubblewrapSandbox({ log: SILENT }),
        openLine: (models) => gateway.open({ ...identity, models, budgets }),
        emit: (event) => events.push(event),
        ...place,
      });
      const asked = aBrief({ model: MODEL, role: { ...ROLE, tools: [...ROLE.tools] }, ...brief });
      return runtime.run(asked, given, signal);
    },
    leftovers: () => [
      ...findProcesses(tree.path),
      ...findSockets(home),
      ...readdirSync(tmpdir()).filter(
        (name) => name.startsWith(`baton-no-files-${process.pid}-`) && !before.has(name),
      ),
    ],
    async close() {
      await gateway.close();
      await Promise.all([tree.close(), server.stop(), rm(home, { recursive: true })]);
    },
  };
}

function findSockets(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.sock'),
  );
}
