import type { Change } from '../domain/change.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import { REVIEW_WORKFLOW } from '../domain/workflow.ts';
import { code } from './fence.ts';
import { reviewLine } from './review-line.ts';

/** The one comment on the pull request of a fork: why nothing runs, and what a maintainer writes for it to run. */
export function forkNotice({ headSha }: Change): SurfaceInput {
  return {
    kind: 'comment',
    key: 'fork-notice',
    body: [
      '### A review needs the word of a maintainer',
      `This pull request comes from a fork. Baton runs nothing of it before somebody with **write access** has read it and named the commit; the newest is ${code(headSha)}.`,
      'They can write this, in a new comment:',
      reviewLine(REVIEW_WORKFLOW, headSha),
      `Or put on the label ${code(`baton:${REVIEW_WORKFLOW}`)}, which counts for the commit that is the newest in that moment. Every push has to be named again.`,
    ].join('\n\n'),
  };
}
