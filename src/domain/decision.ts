import type { EndedRun, HeldRun, Run, RunningRun } from './run.ts';

/** What follows from an event. `ignore` changes nothing and says why, so that the asker can be told. */
export type Decision =
  | { readonly kind: 'next' | 'return' | 'repeat'; readonly run: RunningRun }
  | { readonly kind: 'hold'; readonly run: HeldRun }
  | { readonly kind: 'finish'; readonly run: EndedRun }
  | { readonly kind: 'ignore'; readonly run: Run; readonly why: string };
