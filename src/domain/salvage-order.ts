import { z } from 'zod';
import { type Order, orderSchema } from './run.ts';

const { shape } = orderSchema;
/** No account on GitHub has this id. */
const UNKNOWN = { id: 0, login: 'unknown' };

/** All but the subject can be unknown when a run is only to end. */
const remains = z.object({
  ...shape,
  ticket: shape.ticket.catch({ title: '', body: '', author: UNKNOWN, url: '', labels: [] }),
  requestedBy: shape.requestedBy.catch(UNKNOWN),
  member: shape.member.catch(undefined),
  trigger: shape.trigger.catch('unknown'),
  workflow: shape.workflow.catch(null),
  change: shape.change.catch(undefined),
  branch: shape.branch.catch('baton/unknown'),
  sandbox: shape.sandbox.catch('bubblewrap'),
});

/**
 * What is left of an order that another version wrote, or that is damaged: enough to end its run, and to say so where it
 * was asked for. Null when not even that place can be read. `at` stands for the time at which it was asked for.
 */
export function salvageOrder(
  stored: unknown,
  { id, at }: { readonly id: string; readonly at: string },
): Order | null {
  const requestedAt = shape.requestedAt.catch(at);
  return remains.extend({ id: z.literal(id).catch(id), requestedAt }).safeParse(stored).data ?? null;
}
