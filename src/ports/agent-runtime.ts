import type { Brief } from '../domain/brief.ts';
import type { FailureReason } from '../domain/fall-back.ts';
import type { Usage } from '../domain/usage.ts';
import type { AgentEvent } from './agent-event.ts';
import type { ModelLine } from './model-gateway.ts';
import type { Sandbox } from './sandbox.ts';
import type { Tree } from './workspace.ts';

export type { Usage };

/** How a call to an agent ended. A runtime never throws for what the agent or the model did. */
export type AgentAnswer =
  /** `report` is not yet checked. */
  | { readonly kind: 'answered'; readonly report: unknown; readonly usage: Usage }
  | {
      readonly kind: 'failed';
      /** `budget` and `quota`: the model line says what was refused, and until when. `turns`: it asked the model too often. */
      readonly reason: FailureReason;
      readonly message: string;
      readonly remedy: string;
      readonly retriable: boolean;
    };

/** Where an agent works, and all that it reaches. */
export interface AgentPlace {
  /** Null: there is nothing but the brief. */
  readonly tree: Tree | null;
  readonly sandbox: Sandbox;
  /** Opens this attempt's line to the models named; who opens it closes it. Null when no provider is configured. */
  readonly openLine: ((models: readonly string[]) => Promise<ModelLine>) | null;
  /** What is wrong with a report, in words for the agent; null when nothing is. A runtime that can ask again does so. */
  readonly check: (report: unknown) => readonly string[] | null;
  /** Told what happens meanwhile. Must not throw. */
  readonly emit: (event: AgentEvent) => void;
}

/** What executes a role: an adapter to one kind of agent. */
export interface AgentRuntime<Name extends string = string> {
  /** Equals the file name. */
  readonly name: Name;
  readonly summary: string;
  /** Absent: it asks the model of the brief. */
  readonly models?: 'none';
  /** Rejects with an AbortError when the signal fires; otherwise always answers. */
  run(brief: Brief, place: AgentPlace, signal: AbortSignal): Promise<AgentAnswer>;
}
