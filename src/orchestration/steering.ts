import type { Ask, Intent } from '../domain/intent.ts';
import { type Steer, steerSchema } from '../domain/steer.ts';
import type { CodeHost } from '../ports/code-host.ts';
import type { Effects } from '../ports/effects.ts';
import type { Engine } from '../ports/engine.ts';
import type { Runs } from '../ports/runs.ts';
import type { Workspace } from '../ports/workspace.ts';

/** What steering needs of the rest. */
export interface Steering {
  readonly engine: Engine;
  readonly runs: Runs;
  readonly effects: Effects;
  readonly workspace: Pick<Workspace, 'remoteHead' | 'readTrailers'>;
  readonly codeHost: CodeHost;
}

/** What somebody asked, and what is needed to do it. */
export interface Sending {
  readonly intent: Intent;
  readonly world: Steering;
}

/** What can be asked of a run that exists. */
export type SteeringAsk = Extract<Ask, { kind: Steer['kind'] }>;

const STEER_KINDS: ReadonlySet<string> = new Set(steerSchema.options.map(({ shape }) => shape.kind.value));

/** Whether it is asked of a run that exists. */
export function isSteering(ask: Ask): ask is SteeringAsk {
  return STEER_KINDS.has(ask.kind);
}
