import type { Decision } from '../../domain/decision.ts';
import { isBegun, type StepRecord } from '../../domain/run.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { inline } from '../inline.ts';
import { reaction } from '../reactions.ts';
import { answer } from './answer.ts';

/**
 * The answer to a person who steered a run: a reaction when it was done (the progress comment shows what follows), and
 * the reason when it was not. `commentId` is absent for labels and buttons, which have nothing to react to;
 * a push or a closed issue is `unasked`.
 */
export function answerSteering(
  decision: Decision,
  { commentId, unasked }: { readonly commentId?: number | undefined; readonly unasked?: true | undefined },
): readonly SurfaceInput[] {
  if (unasked === true) {
    return [];
  }
  const why = whyNot(decision);
  const reactions = commentId === undefined ? [] : [reaction(why === null ? 'done' : 'refused', commentId)];
  return why === null ? reactions : [...reactions, answer(`Nothing was done. ${why}`)];
}

/** Why the steering had no effect, or null when it had. */
function whyNot(decision: Decision): string | null {
  if (decision.kind === 'ignore') {
    return decision.why;
  }
  const decided = lastDecision(decision);
  return decision.kind === 'repeat' && decided?.kind === 'voided'
    ? `The approval does not count: ${inline(decided.reason, 200)}. Baton looks at what is there now and asks again.`
    : null;
}

function lastDecision({ run }: Decision): StepRecord['decided'] {
  return isBegun(run) ? run.history.at(-1)?.decided : undefined;
}
