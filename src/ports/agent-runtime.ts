import type { Brief } from '../domain/brief.ts';
import type { Sandbox } from './sandbox.ts';
import type { Tree } from './workspace.ts';

/** What a model call used. Null: not known, which is never the same as nothing. */
export interface Usage {
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costUsd: number | null;
}

/** How a call to an agent ended. A runtime never throws for what the agent or the model did. */
export type AgentAnswer =
  /** `report` is not yet checked. */
  | { readonly kind: 'answered'; readonly report: unknown; readonly usage: Usage }
  | {
      readonly kind: 'failed';
      readonly reason: 'no-report' | 'time-limit' | 'provider' | 'crash' | 'sandbox';
      readonly message: string;
      readonly remedy: string;
      readonly retriable: boolean;
    };

/** What executes a role: an adapter to one kind of agent. */
export interface AgentRuntime<Name extends string = string> {
  /** Equals the file name. */
  readonly name: Name;
  readonly summary: string;
  /** Rejects with an AbortError when the signal fires; otherwise always answers. */
  run(
    brief: Brief,
    /** Without a tree there is nothing but the brief. */
    place: { readonly tree: Tree | null; readonly sandbox: Sandbox },
    signal: AbortSignal,
  ): Promise<AgentAnswer>;
}
