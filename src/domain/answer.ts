import type { DebtsSoFar } from './debts-so-far.ts';
import type { Permission } from './permission.ts';
import type { Run } from './run.ts';
import type { Sha } from './sha.ts';

/** What Baton says to whoever asked for something. Presentation turns it into a comment and a reaction. */
export type Answer =
  /** It is being done; the progress comment tells the rest. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly held: Permission; readonly required: Permission }
  /** The permission could not be learnt, so nothing was done. */
  | { readonly kind: 'unsure'; readonly why: string }
  | { readonly kind: 'closed' }
  /** `last` has ended; null when there never was a run. */
  | { readonly kind: 'nothing-to-steer'; readonly last: Run | null }
  /** There are runs, but what is stored of them cannot be read. */
  | { readonly kind: 'unreadable'; readonly ids: readonly string[] }
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'misspelt'; readonly problem: string }
  /** Nothing of a fork is run before somebody names its newest commit; `named` is what they named instead. */
  | {
      readonly kind: 'unvouched';
      readonly workflow: string;
      readonly head: Sha;
      readonly named: string | null;
    }
  | { readonly kind: 'status'; readonly run: Run | null }
  | { readonly kind: 'explanation'; readonly run: Run | null }
  | ({ readonly kind: 'debt'; readonly runId: string | null } & DebtsSoFar)
  | { readonly kind: 'help'; readonly topic: string | null };
