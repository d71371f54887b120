import type { z } from 'zod';
import type { Evidence } from './evidence.ts';
import type { Verdict } from './verdict.ts';

/** A deterministic judge of one commit. It never asks a model and never trusts the change it judges. */
export interface Gate<Name extends string = string, Options = unknown> {
  /** Equals the file name. */
  readonly name: Name;
  /** One line for the reference page. */
  readonly summary: string;
  /** Options of one use of this gate in a workflow step, with a `describe()` on each. */
  readonly options: z.ZodType<Options>;
  /** It guards against the change itself, so nobody can make it laxer. */
  readonly alwaysStrict?: true;
  /** It measures, so it is judged when the other gates of its step are done. */
  readonly alone?: true;
  /** Judges. May throw: a throw becomes a `broke` verdict, never a pass. */
  judge(evidence: Evidence, options: Options): Promise<Verdict>;
}

/** Declares a gate. */
export function defineGate<const Name extends string, Options>(
  gate: Gate<Name, Options>,
): Gate<Name, Options> {
  return gate;
}
