import type { Ask } from '../../domain/intent.ts';
import { isBegun, isEnded, type Run } from '../../domain/run.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { answer } from './answer.ts';
import { askWords } from './ask-words.ts';

/** A steering command on an issue without a run that could take it. */
export function nothingToSteer(ask: Ask, last: Run | null): SurfaceInput {
  return answer(
    `There is no run on this issue that ${askWords(ask)} could apply to.${lastWords(last)} ${code('/baton run')} starts ${last === null ? 'one' : 'a new one'}.`,
  );
}

/** What has ended stays as it is, and says how people change it. */
function lastWords(last: Run | null): string {
  if (last === null || !isEnded(last)) {
    return '';
  }
  const { branch } = last.order;
  const pull = isBegun(last) ? last.pullRequest : undefined;
  return pull === undefined
    ? ' The last one has ended, and is not taken up again.'
    : ` The last one has ended in #${pull.number}, and is not taken up again: its commits on ${code(branch)} name their steps (${code('Baton-Step')}), so revert those that you do not want.`;
}
