import { z } from 'zod';
import { actorSchema } from '../domain/actor.ts';
import type { Decision } from '../domain/decision.ts';
import type { RunEvent } from '../domain/event.ts';
import { PERMISSIONS } from '../domain/permission.ts';
import { steerSchema } from '../domain/steer.ts';

/** What is left in a run's mailbox: who steers how, and where the answer goes. */
export const steeringMessageSchema = z.object({
  by: actorSchema,
  steer: steerSchema,
  /** The intent that asked; owner of the answer's surfaces. */
  intentKey: z.string(),
  /** What this person might do in the repository when they asked. */
  permission: z.enum(PERMISSIONS).optional(),
  /** Nobody waits for an answer, as after a push. */
  unasked: z.literal(true).optional(),
  /** The comment to react to; absent for labels and buttons. */
  commentId: z.int().optional(),
  /** The pull request on whose page was asked, when that is not the subject itself. */
  page: z.int().positive().optional(),
});
export type SteeringMessage = z.infer<typeof steeringMessageSchema>;

/** What is to be said to a person who steered: what was decided at their word. */
export interface Reply {
  readonly decision: Decision;
  readonly message: SteeringMessage;
}

/** What it is to the run that reads it at that time. */
export function toSteered({ by, steer, permission }: SteeringMessage, at: string): RunEvent {
  return { kind: 'steered', at, by, steer, permission };
}
