import type { Answer } from '../../domain/answer.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { reviewLine } from '../review-line.ts';
import { answer } from './answer.ts';

/** The commit that is meant has to be named, or was named and is not the newest. */
export function unvouched({ workflow, head, named }: Extract<Answer, { kind: 'unvouched' }>): SurfaceInput {
  const why =
    named === null
      ? 'this pull request comes from a fork, so the commit that you have read must be named: somebody may have pushed since.'
      : `${code(named)} is not the newest commit of this pull request; that is ${code(head)}.`;
  return answer(
    `Nothing was started: ${why}`,
    'When you have read what is there now, write:',
    reviewLine(workflow, head),
  );
}
