import type { CommentEdits } from '../../../src/ports/comment-edits.ts';

/** Edits in memory, in the order in which they are heard of. */
export function createInMemoryEdits(): CommentEdits {
  const bodies = new Map<number, string>();
  return {
    save: ({ commentId, body }) => {
      bodies.set(commentId, body);
      return Promise.resolve();
    },
    find: (commentId) => Promise.resolve(bodies.get(commentId) ?? null),
  };
}
