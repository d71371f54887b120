import { describe, expect, it } from 'vitest';
import { broadcast } from '../../src/domain/team/broadcast.ts';
import type { LetterInput } from '../../src/domain/team/message.ts';
import { query } from './query.ts';
import { useStores } from './test-store.ts';

const DAY_MS = 86_400_000;

/** A clock that stands still until it is moved. */
function createClock() {
  let ms = Date.parse('2026-03-02T08:00:00Z');
  return {
    now: () => new Date(ms).toISOString(),
    move(by: number) {
      ms += by;
    },
  };
}

let repositories = 0;

function toLetter(key: string, more: Partial<LetterInput> = {}): LetterInput {
  return {
    key,
    repositoryId: repositories,
    sender: 'architect',
    recipient: 'code-developer',
    type: 'spec_created',
    content: { issue: 55 },
    ...more,
  };
}

describe('src/store/create-messages', () => {
  const stores = useStores();

  /** An untouched queue. */
  async function setQueue(maxQueueSize = 1000) {
    repositories += 1;
    const clock = createClock();
    const store = await stores.open();
    await query(stores.url(), 'delete from baton.messages');
    const messages = store.messages({ clock, maxQueueSize });
    const taking = { repositoryId: repositories, recipient: 'code-developer', limit: 10 };
    return {
      clock,
      messages,
      take: async (taker: string, limit = 10) => messages.take({ ...taking, taker, limit }),
    };
  }

  it('gives a message to its recipient as it was sent, and again to the same taker', async () => {
    const { messages, take, clock } = await setQueue();
    expect(await messages.send([toLetter('a', { priority: 2, content: { nul: 'a\u0000b' } })])).toEqual([
      'sent',
    ]);
    const expected = { ...toLetter('a'), priority: 2, content: { nul: 'a\u0000b' }, sentAt: clock.now() };
    const [first] = await take('one');
    expect(first).toMatchObject({ ...expected, takes: 1 });
    expect(await take('other')).toEqual([]);
    expect(await take('one')).toMatchObject([{ ...expected, takes: 2 }]);
    expect(await messages.complete([first?.id ?? 0], 'other')).toEqual([]);
    expect(await messages.complete([first?.id ?? 0], 'one')).toEqual([first?.id]);
    expect(await messages.complete([first?.id ?? 0], 'one')).toEqual([]);
    expect(await take('one')).toEqual([]);
  });

  it('is sent once by its key, also after it was dealt with', async () => {
    const { messages, take } = await setQueue();
    expect(await messages.send([toLetter('a'), toLetter('a')])).toEqual(['sent', 'known']);
    const [message] = await take('one');
    await messages.complete([message?.id ?? 0], 'one');
    expect(await messages.send([toLetter('a'), toLetter('b')])).toEqual(['known', 'sent']);
  });

  it('gives out by priority, then by age; what comes later and matters more overtakes', async () => {
    const { messages, take } = await setQueue();
    await messages.send([toLetter('low', { priority: 9 }), toLetter('usual'), toLetter('usual too')]);
    await messages.send([toLetter('critical', { priority: 1 })]);
    const order = [];
    for (let left = 4; left > 0; left -= 1) {
      const [message] = await take('one', 1);
      order.push(message?.key);
      await messages.complete([message?.id ?? 0], 'one');
    }
    expect(order).toEqual(['critical', 'usual', 'usual too', 'low']);
  });

  it('tells everybody but the sender', async () => {
    const { messages, take } = await setQueue();
    const { recipient: _, ...letter } = toLetter('merged', { sender: 'project-manager' });
    await messages.send(broadcast(letter, ['architect', 'code-developer', 'project-manager']));
    expect(await messages.waiting()).toMatchObject([
      { repositoryId: repositories, recipient: 'architect', type: 'spec_created' },
      { repositoryId: repositories, recipient: 'code-developer', type: 'spec_created' },
    ]);
    expect(await take('one')).toHaveLength(1);
  });

  it('takes no more than the queue holds, whoever sends at the same time, and says so', async () => {
    const { messages, take } = await setQueue(3);
    const other = (await stores.open()).messages({ clock: createClock(), maxQueueSize: 3 });
    const sent = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map(async (key, index) =>
        (index % 2 === 0 ? messages : other).send([toLetter(key)]),
      ),
    );
    expect(sent.flat().toSorted()).toEqual(['full', 'full', 'full', 'sent', 'sent', 'sent']);
    expect(await messages.send([toLetter('late')])).toEqual(['full']);
    // Whoever is at work on one has to be able to tell what it leads to.
    expect(await take('one', 1)).toHaveLength(1);
    expect(await messages.send([toLetter('late'), toLetter('later')])).toEqual(['sent', 'full']);
  });

  it('refuses what is not well-formed or too large, and keeps none of what came with it', async () => {
    const { messages, take } = await setQueue();
    const large = toLetter('large', { content: { text: 'x'.repeat(20_000) } });
    await expect(messages.send([toLetter('fine'), large])).rejects.toThrow(/at most 16000 characters/);
    await expect(messages.send([toLetter('a', { priority: 0 })])).rejects.toThrow();
    await expect(messages.send([toLetter('a', { type: 'Spec Created' })])).rejects.toThrow();
    expect(await take('one')).toEqual([]);
  });

  it('gives what a taker left behind to another, and in the end fails it', async () => {
    const { messages, take, clock } = await setQueue();
    await messages.send([toLetter('deadly')]);
    for (const taker of ['one', 'two', 'three', 'four', 'five']) {
      expect(await take(taker)).toMatchObject([{ key: 'deadly' }]);
      clock.move(60 * 60_000);
    }
    const before = await messages.counts();
    expect(await take('six')).toEqual([]);
    expect(await messages.counts()).toMatchObject({ failed: before.failed + 1 });
  });

  it('puts back what could not be done now, which counts as no try', async () => {
    const { messages, take } = await setQueue();
    await messages.send([toLetter('later')]);
    for (let times = 0; times < 7; times += 1) {
      expect(await take(`taker ${times}`)).toMatchObject([{ takes: 1 }]);
      await messages.putBack(`taker ${times}`);
    }
  });

  it('raises what stalls by one at a time, up to the top', async () => {
    const { messages, take, clock } = await setQueue();
    await messages.send([toLetter('old', { priority: 2 })]);
    clock.move(DAY_MS);
    expect(await messages.raiseStalled(repositories, DAY_MS)).toBeGreaterThanOrEqual(1);
    expect(await messages.stalled(repositories, DAY_MS)).toEqual([
      { sender: 'architect', recipient: 'code-developer' },
    ]);
    expect(await messages.stalled(repositories, DAY_MS + 1)).toEqual([]);
    await messages.send([toLetter('new', { priority: 1 })]);
    clock.move(DAY_MS);
    await messages.raiseStalled(repositories, DAY_MS);
    expect(await take('one')).toMatchObject([
      { key: 'old', priority: 1 },
      { key: 'new', priority: 1 },
    ]);
  });

  it('fails what has waited too long for somebody who does not work there any more', async () => {
    const { messages, take, clock } = await setQueue();
    const gone = toLetter('gone', { recipient: 'assistant' });
    await messages.send([toLetter('wanted'), gone]);
    const workers = [{ repositoryId: repositories, member: 'code-developer' }];
    clock.move(DAY_MS);
    expect(await messages.failUnwanted(workers, DAY_MS + 1)).toBe(0);
    expect(await messages.failUnwanted(workers, DAY_MS)).toBe(1);
    expect(await messages.counts()).toMatchObject({ pending: 1, failed: 1 });
    expect(await take('one')).toMatchObject([{ key: 'wanted' }]);
    // Where no team works at all any more.
    await messages.putBack('one');
    expect(await messages.failUnwanted([], DAY_MS)).toBe(1);
  });

  it('forgets what ended long ago, and nothing else', async () => {
    const { messages, take, clock } = await setQueue();
    await messages.send([toLetter('done'), toLetter('pending', { priority: 9 })]);
    const [message] = await take('one', 1);
    await messages.complete([message?.id ?? 0], 'one');
    clock.move(DAY_MS);
    expect(await messages.prune(2 * DAY_MS, 100)).toBe(0);
    expect(await messages.prune(DAY_MS, 100)).toBe(1);
    expect(await take('one')).toMatchObject([{ key: 'pending' }]);
  });
});
