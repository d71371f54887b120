import { describe, expect, it } from 'vitest';
import { endDeadWakings } from '../../src/team/end-dead-wakings.ts';
import { useStores } from '../store/test-store.ts';
import { createInMemoryEngine } from '../support/in-memory-world.ts';
import { durable, setDesk } from './waking-desk.ts';

const stores = useStores();

describe('team/end-dead-wakings', () => {
  it('ends a waking with which nothing goes on, so that its member wakes again', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 0);
    await desk.records.begin(waking, 'a server of long ago');
    const engine = createInMemoryEngine();
    await engine.start({ workflow: 'waking', id: waking.id, input: waking });
    await endDeadWakings(desk, { engine, durable: durable() });
    expect(await stateOf()).toMatchObject({ state: 'running' });
    await endDeadWakings(desk, { engine: createInMemoryEngine(), durable: durable() });
    expect(await stateOf()).toMatchObject({
      state: 'ended',
      note: expect.stringContaining('nothing went on'),
    });
  });

  it('leaves one as it is that has ended since it was listed', async () => {
    const { desk, waking, stateOf } = await setDesk(stores, 0);
    await desk.records.begin(waking, 'here');
    const engine = {
      async gone(ids: readonly string[]) {
        await desk.records.note(waking.id, { state: 'ended', crashes: 0, note: 'done' });
        return ids;
      },
    };
    await endDeadWakings(desk, { engine, durable: durable() });
    expect(await stateOf()).toMatchObject({ note: 'done' });
  });
});
