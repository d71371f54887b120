import type { Run } from '../domain/run.ts';
import { toSubjectKey } from '../domain/subject.ts';
import type { SurfaceInput } from '../domain/surface.ts';
import type { Reporting } from './report-once.ts';

/**
 * Whether a run that ended a while ago may still show this. What is its own it may: its comment, its pull request. Labels
 * and check runs it shares with the runs that came after it: GitHub shows the newest check run of a name, so a late
 * approval would hide a later rejection. A label is still taken off that no open run wants there; nobody else would do it.
 */
export async function mayShowLate(
  surface: SurfaceInput,
  { order }: Run,
  { runs, present }: Pick<Reporting, 'runs' | 'present'>,
): Promise<boolean> {
  if (surface.kind !== 'label' && surface.kind !== 'check-run') {
    return true;
  }
  const key = toSubjectKey(order.subject);
  if (surface.kind === 'label' && !surface.present) {
    const wanted = (await runs.open(key)).flatMap((run) => present(run));
    return !wanted.some((other) => other.kind === 'label' && other.name === surface.name && other.present);
  }
  return (await runs.latest(key))?.order.id === order.id;
}
