import type { Logger } from 'pino';
import type { RequestObservation } from '../github/octokit/perform-request.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import type { Team } from './open-team.ts';
import type { Parts } from './parts.ts';
import type { StopOutcome } from './stop-in-order.ts';

/** What may be given besides the settings. */
export interface BatonOptions {
  readonly log: Logger;
  /** Used as it is, untried; for the demo, which runs nothing but its own example. */
  readonly sandbox?: Sandbox;
  /** Stands for the time as GitHub tells it; whoever sets it wakes the team by hand. */
  readonly clock?: Clock;
  /** Told of each request to GitHub. */
  readonly onRequest?: (observation: RequestObservation) => void;
  /** This process may not act any more: let it exit. */
  readonly onLeaseLost: () => void;
}

/** A Baton that is up. */
export interface Baton {
  /** The Probot application function's worth of handlers, bound to a Probot. */
  readonly parts: Parts;
  readonly team: Team;
  /** With its password: keep it out of logs. */
  readonly databaseUrl: string;
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** Takes nothing new, lets what is under way finish for a while, and closes everything, or kills what does not end. */
  stop(): Promise<StopOutcome>;
}
