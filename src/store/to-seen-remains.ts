import { z } from 'zod';
import type { SeenRun } from '../domain/team/sight.ts';

/** The columns of a run that can be read whatever is in it. */
export interface RemainingColumns {
  readonly id: string;
  readonly subject_key: string;
  readonly state: string;
  readonly ended: boolean;
  readonly order: unknown;
  readonly created_at: Date;
}

/** What of an order is still in its place. */
const remains = z
  .object({
    member: z.string().nullable().catch(null),
    workflow: z.string().catch(''),
    change: z.object({ headSha: z.string() }).nullable().catch(null),
  })
  .catch({ member: null, workflow: '', change: null });

const states = z.enum([
  'queued',
  'running',
  'held',
  'succeeded',
  'merged',
  'failed',
  'cancelled',
  'withdrawn',
  'refused',
]) satisfies z.ZodType<SeenRun['state']>;

/** What is left of a run that cannot be read: enough to see that its issue is, or was, worked on, so it is not begun again. */
export function toSeenRemains(row: RemainingColumns): SeenRun {
  const { member, workflow, change } = remains.parse(row.order);
  const state = states.safeParse(row.state);
  return {
    id: row.id,
    number: Number(row.subject_key.split('#')[1]),
    workflow,
    member,
    // A state of another version is under way, or failed: neither is a reason to begin anew.
    state: state.data ?? (row.ended ? 'failed' : 'running'),
    headSha: change?.headSha ?? null,
    requestedMs: row.created_at.getTime(),
    hold: null,
    pullRequest: null,
    head: null,
    gates: [],
    handedOver: '',
    document: null,
    filed: [],
  };
}
