import { describe, expect, it } from 'vitest';
import type { Health } from '../../src/ports/agent-health.ts';
import { createSupervisor } from '../../src/team/create-supervisor.ts';

const MIB = 1024 ** 2;
const MINUTE_MS = 60_000;

function setSupervisor() {
  let nowMs = Date.parse('2026-03-02T08:00:00.000Z');
  const said: string[] = [];
  const use = new Map([[1, { cpuMs: 0, memoryBytes: MIB }]]);
  let saved: readonly Health[] = [];
  function note(_: object, message: string): void {
    said.push(message);
  }
  const supervisor = createSupervisor({
    health: {
      async save(_process, all) {
        saved = all;
      },
      end: async () => undefined,
      ended: async () => null,
      read: async () => saved,
    },
    clock: { now: () => new Date(nowMs).toISOString() },
    log: { debug: note, info: note, warn: note, error: note },
    process: 'here',
    pid: 1,
    staleMs: 5 * MINUTE_MS,
    measure: (pid) => use.get(pid) ?? null,
  });
  const agent = supervisor.attend({
    id: 'a',
    repositoryId: 5,
    member: 'architect',
    work: 'run-1 spec',
    memoryMb: 256,
  });
  return {
    supervisor,
    agent,
    said,
    use,
    healthOf: () => saved.find(({ id }) => id === 'a'),
    pass: async (ms: number) => {
      nowMs += ms;
      await supervisor.look();
    },
  };
}

describe('src/team/create-supervisor', () => {
  it('measures an agent, and says once what is wrong with it', async () => {
    const { agent, said, use, pass, healthOf } = setSupervisor();
    use.set(7, { cpuMs: 1000, memoryBytes: 100 * MIB });
    agent.started(7);
    await pass(30_000);
    expect(healthOf()).toMatchObject({ pid: 7, cpuPercent: 0, memoryBytes: 100 * MIB, ailments: [] });
    use.set(7, { cpuMs: 28_000, memoryBytes: 312 * MIB });
    await pass(30_000);
    await pass(1);
    expect(healthOf()?.cpuPercent).toBe(0);
    expect(said).toEqual([
      'an agent is not well: it uses 90.0 % of a processor',
      'an agent is not well: it uses 312 MiB of memory, over its 256',
      'an agent is not well: it uses 312 MiB of memory, over its 256',
    ]);
  });

  it('finds a stale heartbeat, which a word of the agent mends', async () => {
    const { agent, said, use, pass, healthOf } = setSupervisor();
    use.set(7, { cpuMs: 0, memoryBytes: MIB });
    agent.started(7);
    await pass(5 * MINUTE_MS);
    expect(said).toEqual([]);
    await pass(47_000);
    expect(said).toEqual(['an agent is not well: it was last heard of 347 s ago']);
    agent.heard();
    await pass(30_000);
    expect(healthOf()?.ailments).toEqual([]);
  });

  it('finds one whose process is dead, and one that was never heard of', async () => {
    const { agent, said, use, supervisor, pass } = setSupervisor();
    use.set(7, { cpuMs: 0, memoryBytes: MIB });
    agent.started(7);
    use.delete(7);
    supervisor.attend({ id: 'mute', repositoryId: 5, member: null, work: 'run-2 plan', memoryMb: 256 });
    await pass(30_000);
    expect(said).toEqual(['an agent is not well: its process is dead']);
    agent.ended();
    await pass(5 * MINUTE_MS);
    expect(said.slice(1)).toEqual(['an agent is not well: it was never heard of']);
  });
});
