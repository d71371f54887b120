import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunningRun } from '../../src/domain/run.ts';
import { DEFAULT_LIMITS } from '../../src/domain/sandbox-limits.ts';
import { createGateway } from '../../src/gateway/create-gateway.ts';
import { askRole } from '../../src/orchestration/ask-role.ts';
import { createAiSdk } from '../../src/runtimes/ai-sdk.ts';
import { createBubblewrapSandbox } from '../../src/sandbox/create-bubblewrap-sandbox.ts';
import { findProcesses, requireBubblewrap, silentLog, until } from '../sandbox/support/host.ts';
import { createMemorySpending } from '../support/memory-spending.ts';
import { type ModelServer, type ModelTurn, startModelServer } from '../support/model-server.ts';
import { oneRuntime } from '../support/offers.ts';
import { anOrder, aWorkflow } from '../support/orders.ts';
import { approved, asked, designed, triaged } from '../support/outcomes.ts';
import { runAfter } from '../support/run-after.ts';
import { SILENT_TRACES } from '../support/silent-traces.ts';
import { type GitRemote, startGitRemote, toRepository } from '../workspace/support/git-remote.ts';
import { type StartedWorkspace, startWorkspace } from '../workspace/support/start-workspace.ts';

/** How long the programs sleep that must not be left. */
const MARKER = `31${Math.floor(performance.now() * 1000)}`;
const CANCELLED = `32${Math.floor(performance.now() * 1000)}`;
const HIDE = `(setsid sh -c "trap '' TERM HUP INT; exec sleep ${MARKER}" </dev/null >/dev/null 2>&1 &)`;

/** What each agent does; all of them leave a process behind which hides. */
const CONDUCTS = [
  'works',
  'works',
  'floods',
  'works',
  'is-cancelled',
  'is-cancelled',
  'overruns',
  'overruns',
];

const COMMANDS: Readonly<Record<string, string>> = {
  works: `${HIDE}; ${HIDE}; echo done > made.txt`,
  floods: `${HIDE}; head -c 150M /dev/zero > made.txt`,
  'is-cancelled': `${HIDE}; sleep ${CANCELLED} & sleep ${CANCELLED}`,
  overruns: `${HIDE}; trap '' TERM; sleep ${MARKER} & sleep ${MARKER}`,
};

function answer({ messages }: ChatCompletionRequest): ModelTurn {
  const [, conduct = ''] = /Agent that ([a-z-]+)/.exec(JSON.stringify(messages)) ?? [];
  return messages.some(({ role }) => role === 'assistant')
    ? { calls: [['report', { report: { kind: 'work', summary: 'Done.' } }]] }
    : { calls: [['run', { command: COMMANDS[conduct] ?? 'false', seconds: 100 }]] };
}

describe('scenarios/agents-side-by-side', () => {
  const outside = mkdtempSync(join(tmpdir(), 'baton-eight-'));
  let model: ModelServer;
  let remote: GitRemote;
  let started: StartedWorkspace;
  let gateway: Awaited<ReturnType<typeof createGateway>>;
  let head: string;

  beforeAll(requireBubblewrap);
  beforeAll(async () => {
    // What is left in the directory for passing things is then ours alone.
    vi.stubEnv('TMPDIR', outside);
    [model, remote] = await Promise.all([startModelServer(answer), startGitRemote()]);
    remote.create('app');
    head = remote.commit('app', 'main', { 'README.md': '# App\n' });
    started = startWorkspace(remote);
    gateway = await createGateway({
      home: started.home,
      provider: { kind: 'openai-compatible', url: `${model.url}/v1`, key: 'key' },
      prices: {},
      spending: createMemorySpending(),
      log: silentLog,
    });
    await started.workspace.readBase(toRepository('app'));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    rmSync(outside, { recursive: true, force: true });
  });

  function toRun(conduct: string, number: number): RunningRun {
    const order = anOrder();
    const role = {
      name: 'implementer',
      description: 'Builds.',
      model: 'inherit',
      tools: ['edit', 'bash'],
      brief: 'Build.',
    } as const;
    const run = runAfter(
      [triaged, designed, asked, approved()],
      {
        ...order,
        id: `run-${number}`,
        branch: `baton/${number}-agent`,
        subject: { ...order.subject, repository: toRepository('app') },
        ticket: { ...order.ticket, title: `Agent that ${conduct}` },
      },
      { workflow: aWorkflow(), roles: { implementer: { ...role, tools: [...role.tools] } } },
    );
    if (run.state !== 'running') {
      throw new Error(`expected a running run, got ${run.state}`);
    }
    return { ...run, head, base: { ...run.base, sha: head } };
  }

  function ask(conduct: string, number: number, signal: AbortSignal) {
    const bench = {
      workspace: started.workspace,
      sandbox: createBubblewrapSandbox({
        log: silentLog,
        limits: { ...DEFAULT_LIMITS, treeBytes: 100 * 1024 ** 2 },
      }),
      hear: () => undefined,
      ...oneRuntime(
        createAiSdk({
          provider: 'openai-compatible',
          tools: { readOnly: [], path: [] },
          windowTokens: 200_000,
        }),
        gateway,
      ),
      traces: SILENT_TRACES,
      msBetween: () => 0,
      windowTokens: 200_000,
      fenceToken: () => 'f00d',
      overlay: async () => ({ mounts: [], path: [] }),
      guard: async () => ({ kind: 'pass', summary: 'no secret' }) as const,
      mask: (text: string) => text,
    };
    const request = {
      role: 'implementer',
      report: 'work',
      access: 'write',
      timeoutMs: conduct === 'overruns' ? 6000 : 60_000,
    } as const;
    return askRole(toRun(conduct, number), request, { bench, signal });
  }

  it('eight agents at the same time leave no process, tree, socket or file behind', async () => {
    const cancelled = new AbortController();
    const asking = CONDUCTS.map((conduct, number) =>
      ask(conduct, number, conduct === 'is-cancelled' ? cancelled.signal : new AbortController().signal),
    );
    const all = Promise.allSettled(asking);
    await until(() => findProcesses(CANCELLED).filter((line) => line.startsWith('sleep')).length === 4);
    expect(listIn('trees').length).toBeGreaterThan(1);
    expect(readdirSync(join(started.home, 'lines')).length).toBeGreaterThan(1);
    cancelled.abort();

    const results = await all;
    const reported = { status: 'fulfilled', value: { kind: 'reported', checkpoint: expect.any(String) } };
    const stopped = { status: 'rejected', reason: { name: 'AbortError' } };
    function broke(summary: RegExp) {
      return {
        status: 'fulfilled',
        value: { kind: 'broke', retriable: true, summary: expect.stringMatching(summary) },
      };
    }
    expect(results).toMatchObject([
      reported,
      reported,
      broke(/larger than 100 MiB/),
      reported,
      stopped,
      stopped,
      broke(/did not come to an end/),
      broke(/did not come to an end/),
    ]);

    expect([...findProcesses(MARKER), ...findProcesses(CANCELLED)]).toEqual([]);
    expect(findProcesses(started.home)).toEqual([]);
    expect(listIn('trees')).toEqual([]);
    expect(readdirSync(join(started.home, 'lines'))).toEqual([]);
    await gateway.close();
    await started.stop();
    await remote.close();
    await model.stop();
    // Its own parts have removed their directories as well.
    expect(readdirSync(outside)).toEqual([]);
  });

  /** What is in the directories of this name below the home. */
  function listIn(name: string): readonly string[] {
    return readdirSync(started.home, { recursive: true, encoding: 'utf8' }).filter((path) =>
      new RegExp(`/${name}/[^/]+$`).test(path),
    );
  }
});
