import type { Actor } from './actor.ts';
import type { Choice } from './choice.ts';
import type { Outcome } from './outcome.ts';
import type { Permission } from './permission.ts';
import type { RepositorySettings } from './repository-settings.ts';
import type { Sha } from './sha.ts';
import type { Steer } from './steer.ts';
import type { Definition } from './workflow.ts';

/** `moved` when somebody else had pushed, `failed` when GitHub could not be asked or said no. */
export type Restored = 'restored' | 'moved' | 'failed';

/** What happened to a run, in the past tense. `at` is the ISO time that the clock port gave. */
export type RunEvent =
  | {
      readonly kind: 'begun';
      readonly at: string;
      readonly base: { readonly ref: string; readonly sha: Sha };
      /** The commit to begin with, when it is not the base: that of a pull request. */
      readonly head?: Sha;
      readonly definition: Definition;
      readonly choice: Choice;
      readonly settings: RepositorySettings;
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
      /** The workflow that the outcome has chosen, defined. */
      readonly chosen?: Definition;
      /** What came of putting the branch back, when the step gives up. */
      readonly restored?: Restored;
    }
  /** What a hold waits for by itself has come. */
  | { readonly kind: 'due'; readonly at: string }
  /** Baton itself cannot go on with this run: a fault of ours, not of the work. */
  | { readonly kind: 'given-up'; readonly at: string; readonly reason: string }
  | {
      readonly kind: 'steered';
      readonly at: string;
      readonly by: Actor;
      readonly steer: Steer;
      /** What this person may do in the repository; nothing beyond the command itself when absent. */
      readonly permission?: Permission | undefined;
      /** The workflow that the answer has chosen, defined. */
      readonly chosen?: Definition;
      /** What came of putting the branch back for a rollback. */
      readonly restored?: Restored;
      /** The approval word by word, signed, when it is one of a security hold. */
      readonly signed?: string;
    };
