import { describe, expect, it, vi } from 'vitest';
import { find } from './journal.ts';
import { untilNoted } from './replica.ts';
import { setStage, steps } from './stage.ts';

describe('src/engine/workflows/find-gone', () => {
  const stage = setStage();

  it('knows which workflows go on no more: those that have ended or never were, not those that wait', async () => {
    const replica = await stage.start();
    async function ask(ids: readonly string[]): Promise<unknown> {
      await replica.ask({ kind: 'gone', ids });
      return find(stage.journal, { what: 'gone' }).at(-1)?.value;
    }
    await replica.run('ended', steps(1, 0));
    await untilNoted(stage.journal, { what: 'ended', run: 'ended' });
    await replica.run('waiting', [{ kind: 'receive', waitMs: null }], { partition: 'p' });
    await replica.run('queued', steps(1, 0), { partition: 'p' });
    // What has ended is written down a moment after its last word.
    await vi.waitFor(async () =>
      expect(await ask(['waiting', 'never', 'ended', 'queued'])).toEqual(['ended', 'never']),
    );
    expect(await ask([])).toEqual([]);
  });
});
