import type { Kysely } from 'kysely';
import type { CommentEdits } from '../ports/comment-edits.ts';
import type { Tables } from './tables.ts';

/** The edits on Postgres. */
export function createCommentEdits(db: Kysely<Tables>): CommentEdits {
  return {
    async save({ commentId, body, at }) {
      await db
        .insertInto('comment_edits')
        .values({ comment_id: commentId, body, edited_at: at })
        .onConflict((conflict) =>
          conflict
            .column('comment_id')
            .doUpdateSet({ body, edited_at: at })
            // GitHub counts in seconds: of two in one second the one heard last counts.
            .where('comment_edits.edited_at', '<=', new Date(at)),
        )
        .execute();
    },
    async find(commentId) {
      const row = await db
        .selectFrom('comment_edits')
        .select('body')
        .where('comment_id', '=', String(commentId))
        .executeTakeFirst();
      return row?.body ?? null;
    },
  };
}
