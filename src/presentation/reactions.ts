import type { Source } from '../domain/intent.ts';
import type { SurfaceInput } from '../domain/surface.ts';

/** How far an intent has come. */
export type Progress = 'seen' | 'done' | 'refused';

const CONTENTS = { seen: 'eyes', done: 'rocket', refused: 'confused' } as const;

/** The reaction to a comment, or to the issue itself when no comment is given. */
export function reaction(progress: Progress, commentId?: number): SurfaceInput {
  return {
    kind: 'reaction',
    key: `reaction:${progress}`,
    ...(commentId === undefined ? {} : { commentId }),
    content: CONTENTS[progress],
  };
}

/** The reaction to an intent, where it came from; null when there is nothing to react to, or nothing left to say. */
export function reactionTo(source: Source, progress: Progress): SurfaceInput | null {
  switch (source.kind) {
    case 'comment':
      return reaction(progress, source.commentId);
    case 'label':
      // What a label has started says so in a comment of its own.
      return progress === 'done' ? null : reaction(progress);
    case 'withdrawal':
    case 'pull-request':
    case 'team':
    case 'button':
      return null;
  }
}
