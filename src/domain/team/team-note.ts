/** One thing that has to hold when work is done. */
export interface DoneItem {
  readonly what: string;
  readonly holds: boolean;
  /** Where that is seen, or what is missing. */
  readonly why: string;
}

/** What a member writes down on GitHub. */
export type TeamNote =
  | {
      readonly kind: 'done-check';
      readonly pull: number;
      readonly issue: number;
      readonly items: readonly DoneItem[];
    }
  | {
      readonly kind: 'report';
      /** The issue in which the repository wants it told, and which is not there. */
      readonly missing: number | null;
      /** What is wrong with the newest settings, so that those from before hold; null when nothing. */
      readonly fault: string | null;
      /** Members that crashed too often. */
      readonly givenUp: readonly string[];
      readonly ready: readonly number[];
      readonly open: readonly {
        readonly number: number;
        readonly workflow: string;
        readonly state: string;
      }[];
      readonly pulls: readonly { readonly number: number; readonly draft: boolean }[];
      readonly critical: readonly number[];
    }
  | {
      readonly kind: 'given-up';
      readonly member: string;
      readonly crashes: number;
      readonly why: string;
    }
  /** Whom GitHub has not answered for long; nobody when that is over. */
  | { readonly kind: 'outage'; readonly away: readonly AwayMember[] };

/** A member that GitHub has not answered since then. ISO time. */
export interface AwayMember {
  readonly member: string;
  readonly since: string;
}
