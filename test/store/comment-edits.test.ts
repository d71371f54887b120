import { describe, expect, it } from 'vitest';
import { useStores } from './test-store.ts';

describe('src/store/create-comment-edits', () => {
  const stores = useStores();

  it('keeps the newest edit of a comment, in whichever order they come', async () => {
    const { commentEdits } = await stores.open();
    const commentId = 9_007_199_254_740_991;
    expect(await commentEdits.find(commentId)).toBeNull();
    await commentEdits.save({ commentId, body: 'second', at: '2026-03-02T10:00:01Z' });
    await commentEdits.save({ commentId, body: 'first', at: '2026-03-02T10:00:00Z' });
    expect(await commentEdits.find(commentId)).toBe('second');
    await commentEdits.save({ commentId, body: 'in the same second', at: '2026-03-02T10:00:01Z' });
    expect(await commentEdits.find(commentId)).toBe('in the same second');
    expect(await commentEdits.find(5)).toBeNull();
  });

  it('forgets those that are old, a few at a time', async () => {
    const store = await stores.open();
    const now = new Date().toISOString();
    for (const [commentId, at] of [
      [1, '2020-03-02T10:00:00Z'],
      [2, '2020-03-02T10:00:00Z'],
      [3, now],
    ] as const) {
      await store.commentEdits.save({ commentId, body: 'kept', at });
    }
    const YEARS_MS = 1000 * 24 * 60 * 60_000;
    expect(await store.pruneOlder('comment_edits', YEARS_MS, 1)).toBe(1);
    expect(await store.pruneOlder('comment_edits', YEARS_MS, 10)).toBe(1);
    expect(await store.pruneOlder('comment_edits', YEARS_MS, 10)).toBe(0);
    expect(await store.commentEdits.find(3)).toBe('kept');
  });
});
