import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { answer } from './answer.ts';

/** A command that could not be understood. `problem` is our own text: what is right, with an example. */
export function misspelt(problem: string): SurfaceInput {
  return answer(`${problem} ${code('/baton help')} explains all commands. Nothing was done.`);
}
