import type { TeamNote } from './team-note.ts';

/** A run about an issue, in the name of whoever put the label on; without a label it may only read. */
export interface Start {
  readonly key: string;
  readonly number: number;
  readonly workflow: string | null;
  readonly label?: string;
  /** A specification that was written ahead, for whoever works on it. */
  readonly spec?: string;
  /** The commit that is looked at, when it is about a pull request. */
  readonly headSha?: string;
}

/** What a member leaves behind. Each has a key made of its meaning: doing it again changes nothing. */
export type Deed =
  /** Starts as many as there are places, in this order; what was started before, or may not be, takes none. */
  | {
      readonly kind: 'start';
      /** None when it is not positive. */
      readonly places: number;
      /** How many may be open with them. */
      readonly most: number;
      readonly starts: readonly Start[];
    }
  | {
      readonly kind: 'tell';
      readonly key: string;
      /** A member, or everybody. */
      readonly to: string;
      readonly type: string;
      readonly content: Readonly<Record<string, string | number | boolean | null>>;
      readonly priority: number;
    }
  /** A comment that is written once and kept up to date. */
  | { readonly kind: 'note'; readonly key: string; readonly number: number; readonly note: TeamNote }
  /** Yes to what one of its own runs asks. */
  | { readonly kind: 'approve'; readonly key: string; readonly number: number; readonly digest: string };
