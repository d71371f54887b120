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
    };
