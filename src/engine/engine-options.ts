import type { Durable, ReplayError } from '../ports/durable.ts';
import type { Log } from '../ports/log.ts';

/** A workflow that cannot go on. */
export interface AbandonedWorkflow {
  readonly id: string;
  /** What it was started with. */
  readonly input: unknown;
}

/** A workflow the engine can start, by its name in `EngineOptions.workflows`. */
export interface WorkflowDefinition {
  /** Runs from the beginning after each crash, getting remembered answers; what it throws ends it as failed. */
  perform(input: unknown, durable: Durable): Promise<void>;
  /** Called when it throws a `ReplayError`, before it ends as failed; again after a crash. */
  abandon?(workflow: AbandonedWorkflow, error: ReplayError): Promise<void>;
  /** How many run at a time over all processes. Without it they start at once. */
  readonly concurrency?: number;
  /** One at a time per partition, in the order of their start. One that waits for a message keeps its place. */
  readonly partitioned?: boolean;
}

/** What an engine is made of. */
export interface EngineOptions {
  /** The database is created when it is missing and the user may do that. */
  readonly databaseUrl: string;
  readonly log: Log;
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  /** What `Durable.call` performs, in whichever process has room. */
  procedure(input: unknown, signal: AbortSignal): Promise<unknown>;
  /** How many calls run at a time over all processes. */
  readonly limits: { readonly calls: number; readonly callsPerRole: number };
  /** This process may not act any more, and does no more durable work; let it exit. */
  onLeaseLost(): void;
  /** How long `stop` waits for steps under way before it aborts them, in milliseconds. Default 10,000. */
  readonly drainMs?: number;
  /** How often it is looked for queued work that no wake has told of, in milliseconds. Default 1,000. */
  readonly pollMs?: number;
}
