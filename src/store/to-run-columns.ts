import type { Order, Run } from '../domain/run.ts';
import { isEnded } from '../domain/run.ts';
import { toSubjectKey } from '../domain/subject.ts';

/** The columns that never change. */
export function toFixedColumns(order: Order) {
  return {
    id: order.id,
    subject_key: toSubjectKey(order.subject),
    repository_id: order.subject.repository.id,
    order: JSON.stringify(order),
  };
}

/** The columns written at every save. */
export function toProgressColumns(run: Run) {
  const { order: _, ...progress } = run;
  return {
    state: run.state,
    ended: isEnded(run),
    progress: JSON.stringify(progress),
  };
}
