import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { answer } from './answer.ts';

/** No workflow has this name. */
export function unknownWorkflow(name: string, known: readonly string[]): SurfaceInput {
  return answer(
    `Nothing was started: there is no workflow ${code(name)}.`,
    known.length === 0
      ? 'This Baton has no workflow that could be started.'
      : `Start one of these:\n${known.map((other) => `- ${code(`/baton run ${other}`)}`).join('\n')}`,
  );
}
