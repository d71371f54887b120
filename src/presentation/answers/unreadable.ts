import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { answer } from './answer.ts';

/** There are runs, and this server does not understand what is stored of them. */
export function unreadable(ids: readonly string[]): SurfaceInput {
  return answer(
    `Nothing was done: what is stored of ${ids.map(code).join(', ')} cannot be read by this version of Baton. Whoever runs the server sees such runs with ${code('npm run baton -- doctor')}, and why, and what to do, with ${code(`npm run baton -- state ${ids[0] ?? ''}`)}. Say it again when that is done. ${code('/baton cancel')} ends what was begun all the same.`,
  );
}
