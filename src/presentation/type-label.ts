import { toTypeLabel } from '../domain/issue-type.ts';
import { isBegun, type Run } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';

/** Shows what kind of issue a run takes it for, so that issues can be listed by it. Null when nobody has said. */
export function typeLabel(run: Run): SurfaceInput | null {
  return isBegun(run) && run.choice.type !== null
    ? { kind: 'label', key: 'type', name: toTypeLabel(run.choice.type), present: true }
    : null;
}
