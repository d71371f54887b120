import { describe, expect, it } from 'vitest';
import { createDispatcher } from '../../src/orchestration/create-dispatcher.ts';
import { SILENT } from '../support/examples.ts';

/** An engine whose starts end when the test says so, and an inbox that remembers what was dispatched. */
function openWorld(pending: readonly string[] = []) {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const dispatched: string[] = [];
  const dispatcher = createDispatcher({
    engine: {
      start({ input }) {
        const end = Promise.withResolvers<void>();
        begun.push(String(input));
        ends.set(String(input), end);
        return end.promise;
      },
      send: () => Promise.reject(new Error('nothing is sent')),
      unanswered: () => Promise.reject(new Error('nothing is looked for')),
      takeBack: () => Promise.reject(new Error('nothing is taken back')),
      abort: () => Promise.reject(new Error('nothing is aborted')),
    },
    deliveries: {
      read: () => Promise.resolve(null),
      pending: () => Promise.resolve(pending),
      markDispatched: (guids) => Promise.resolve(void dispatched.push(...guids)),
      prune: () => Promise.resolve(0),
    },
    log: SILENT,
  });
  async function settle(guid: string, how: 'started' | 'failed'): Promise<void> {
    if (how === 'started') {
      ends.get(guid)?.resolve();
    } else {
      ends.get(guid)?.reject(new Error('no database'));
    }
    await new Promise(setImmediate);
  }
  function take(...guids: string[]): void {
    for (const guid of guids) {
      dispatcher.dispatch(guid);
    }
  }
  return { ...dispatcher, take, begun, dispatched, settle };
}

describe('orchestration/create-dispatcher', () => {
  it('hands over in order, two at a time', async () => {
    const world = openWorld();
    world.take('a', 'b', 'c', 'd');
    expect(world.begun).toEqual(['a', 'b']);
    await world.settle('b', 'started');
    expect(world.begun).toEqual(['a', 'b', 'c']);
    await world.settle('a', 'started');
    expect(world.begun).toEqual(['a', 'b', 'c', 'd']);
    expect(world.dispatched).toEqual(['b', 'a']);
  });

  it('takes what waits or is under way only once, also when the sweep finds it', async () => {
    const world = openWorld(['a', 'b', 'c', 'left']);
    world.take('a', 'b', 'c', 'c');
    await world.sweep();
    await world.settle('a', 'started');
    await world.settle('b', 'started');
    expect(world.begun).toEqual(['a', 'b', 'c', 'left']);
  });

  it('goes on after a failure, and leaves that delivery to the sweep', async () => {
    const world = openWorld(['a']);
    world.take('a', 'b', 'c');
    await world.settle('a', 'failed');
    expect(world.begun).toEqual(['a', 'b', 'c']);
    await world.settle('b', 'started');
    await world.settle('c', 'started');
    expect(world.dispatched).toEqual(['b', 'c']);
    await world.sweep();
    expect(world.begun).toEqual(['a', 'b', 'c', 'a']);
  });

  it('begins no more once it closes, and waits for what is under way', async () => {
    const world = openWorld(['left']);
    world.take('a', 'b', 'c');
    let isClosed = false;
    const closing = world.close().then(() => {
      isClosed = true;
    });
    await world.settle('a', 'started');
    expect(isClosed).toBe(false);
    await world.settle('b', 'started');
    await closing;
    world.take('d');
    await world.sweep();
    expect(world.begun).toEqual(['a', 'b']);
  });
});
