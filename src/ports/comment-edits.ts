/** A comment of ours as somebody else left it. */
export interface CommentEdit {
  readonly commentId: number;
  /** The whole of it, markers included. */
  readonly body: string;
  /** ISO 8601, by GitHub's clock. */
  readonly at: string;
}

/**
 * What other people made of our comments. GitHub tells us, so a comment of ours need not be read before it is written
 * again to keep what somebody put around our text.
 */
export interface CommentEdits {
  /** Keeps the newest edit of each comment, in whichever order they are heard of. */
  save(edit: CommentEdit): Promise<void>;
  /** The comment as somebody else left it last; null when nobody ever touched it. */
  find(commentId: number): Promise<string | null>;
}
