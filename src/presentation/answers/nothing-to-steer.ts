import type { Ask } from '../../domain/intent.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { answer } from './answer.ts';
import { askWords } from './ask-words.ts';

/** A steering command on an issue without a run that could take it. */
export function nothingToSteer(ask: Ask): SurfaceInput {
  return answer(
    `There is no run on this issue that ${askWords(ask)} could apply to. ${code('/baton run')} starts one.`,
  );
}
