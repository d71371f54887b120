import { isBegun, type Run } from '../domain/run.ts';
import type { SurfaceInput } from '../domain/surface.ts';

/** Marks the issues that wait for a person, so that they can be listed. Null for a run that never waited. */
export function waitingLabel(run: Run): SurfaceInput | null {
  const label = { kind: 'label', key: 'waiting', name: 'baton: waiting' } as const;
  if (run.state === 'held') {
    // An agent that starts again by itself waits for nobody.
    const { hold } = run;
    const restarts = hold.kind === 'escalation' && hold.trigger === 'crash' && hold.until !== undefined;
    return { ...label, present: !restarts };
  }
  return hasWaited(run) ? { ...label, present: false } : null;
}

/** Whoever was asked has left a decision on the record, and whoever paused it an intervention; a wait can end by itself. */
function hasWaited(run: Run): boolean {
  return (
    isBegun(run) &&
    (run.interventions.length > 0 ||
      run.history.some(({ decided, lapsed }) => decided !== undefined || lapsed !== undefined))
  );
}
