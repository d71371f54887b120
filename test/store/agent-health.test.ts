import { describe, expect, it } from 'vitest';
import type { Health } from '../../src/ports/agent-health.ts';
import { systemClock } from '../../src/system/system-clock.ts';
import { useStores } from './test-store.ts';

const NOW = Date.now();

function healthOf(id: string, process: string): Health {
  return {
    id,
    process,
    repositoryId: 901,
    member: null,
    work: 'run-1 implement',
    pid: 42,
    startedMs: NOW,
    heartbeatMs: NOW,
    cpuPercent: 1,
    memoryBytes: 1024,
    ailments: [],
  };
}

describe('src/store/create-agent-health', () => {
  const stores = useStores();

  it('gives an agent to the process that has taken its attempt over', async () => {
    const health = (await stores.open()).agentHealth(systemClock);
    await health.save('dead', [healthOf('run-1 implement 1', 'dead'), healthOf('run-2 review 1', 'dead')]);
    await health.save('heir', [healthOf('run-1 implement 1', 'heir')]);
    const all = await health.read(NOW - 60_000);
    expect(all.map(({ id, process }) => [id, process])).toEqual(
      expect.arrayContaining([
        ['run-1 implement 1', 'heir'],
        ['run-2 review 1', 'dead'],
      ]),
    );
    expect(all).toHaveLength(2);
    await health.save('heir', []);
    expect(await health.read(NOW - 60_000)).toHaveLength(1);
  });
});
