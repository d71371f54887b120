import type { Happening, TraceEvent } from '../domain/trace-event.ts';
import type { AgentEvent } from './agent-event.ts';

/** What is known of an event by whoever records it; time and id are added. */
export type Recorded = Omit<TraceEvent, 'id' | 'at'>;

/** An agent that is about to be launched. */
export interface Launch {
  readonly trace: string;
  readonly agent: string;
  readonly step: string | null;
  readonly attempt: number | null;
  readonly runtime: string;
  readonly model: string | null;
  /** Whose model that is; absent when it asks none. */
  readonly provider?: string;
  /** The process that it lives in, where that is known before. */
  readonly pid?: number;
  /** What it is to do, in a word, such as the step. */
  readonly task: string;
  /** About how many tokens it is told; absent when nobody has counted. */
  readonly tokens?: number;
  /** Null for a first try; else which one it is after that, and why it was needed. */
  readonly restart: { readonly restarts: number; readonly reason: string } | null;
}

/** The record of one agent at work. */
export interface CallTrace {
  /** What its program says meanwhile. */
  hear(event: AgentEvent): void;
  /** What it does besides. */
  tell(happened: Happening): void;
  /** Once; what is said after that is not heard. */
  ended(how: { readonly kind: 'answered' } | { readonly kind: 'failed'; readonly reason: string }): void;
}

/** Records what happens as it happens. Nothing here waits or throws: what cannot be kept is dropped and counted. */
export interface Traces {
  record(event: Recorded): void;
  /** Records the launch and the message that the agent is given; what it does is recorded until it has ended. */
  openCall(launch: Launch): CallTrace;
}

/** Keeps trace events. */
export interface TraceStore {
  /** What is there already, by its id, stays. */
  add(events: readonly TraceEvent[]): Promise<void>;
  /** In the order of their times. */
  read(trace: string): Promise<readonly TraceEvent[]>;
}
