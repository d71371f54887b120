import { describe, expect, it } from 'vitest';
import { type StopPart, stopInOrder } from '../../src/composition/stop-in-order.ts';

const LONG_MS = 60_000;

/** A log that keeps what was said, by level. */
function listen() {
  const said: { readonly level: string; readonly fields: object }[] = [];
  function at(level: string) {
    return (fields: object) => void said.push({ level, fields });
  }
  return { said, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

function setParts(...parts: readonly [name: string, stop: () => Promise<void>][]) {
  const ended: string[] = [];
  const all = parts.map(
    ([name, stop]): StopPart => ({
      name,
      async stop() {
        await stop();
        ended.push(name);
      },
    }),
  );
  return { ended, all };
}

function done(): Promise<void> {
  return Promise.resolve();
}

describe('src/composition/stop-in-order', () => {
  it('ends one part after the other, and says nothing of it', async () => {
    const { said, log } = listen();
    const { ended, all } = setParts(['a', done], ['b', done]);
    expect(await stopInOrder(all, { withinMs: LONG_MS, log })).toBe('in-order');
    expect(ended).toEqual(['a', 'b']);
    expect(said).toEqual([]);
  });

  it('goes on behind one that fails, and tells of it', async () => {
    const { said, log } = listen();
    const error = new Error('It broke.');
    const { ended, all } = setParts(['a', () => Promise.reject(error)], ['b', done]);
    expect(await stopInOrder(all, { withinMs: LONG_MS, log })).toBe('in-order');
    expect(ended).toEqual(['b']);
    expect(said).toEqual([{ level: 'warn', fields: { error, part: 'a' } }]);
  });

  it('waits for no part longer than all may last, names it, and leaves those after it', async () => {
    const { said, log } = listen();
    const held = Promise.withResolvers<void>();
    const { ended, all } = setParts(['a', done], ['b', () => held.promise], ['c', done]);
    expect(await stopInOrder(all, { withinMs: 20, log })).toBe('late');
    expect(said).toEqual([{ level: 'error', fields: { part: 'b', withinMs: 20 } }]);
    held.resolve();
    await new Promise(setImmediate);
    expect(ended).toEqual(['a', 'b']);
  });
});
