import type { Actor } from './actor.ts';
import type { Outcome, Sha } from './outcome.ts';
import type { Steer } from './steer.ts';

/** What happened to a run, in the past tense. `at` is the ISO time that the clock port gave. */
export type RunEvent =
  | {
      readonly kind: 'begun';
      readonly at: string;
      readonly base: { readonly ref: string; readonly sha: Sha };
    }
  | { readonly kind: 'not-begun'; readonly at: string; readonly reason: string }
  | {
      readonly kind: 'step-finished';
      readonly at: string;
      readonly step: string;
      readonly attempt: number;
      readonly outcome: Outcome;
      /** Digest of what a held outcome shows; made outside, because hashing is not the domain's. */
      readonly digest: string;
    }
  /** Baton itself cannot go on with this run: a fault of ours, not of the work. */
  | { readonly kind: 'given-up'; readonly at: string; readonly reason: string }
  | { readonly kind: 'steered'; readonly at: string; readonly by: Actor; readonly steer: Steer };
