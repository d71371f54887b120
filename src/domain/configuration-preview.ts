import type { Finding } from './finding.ts';

/** What a pull request would make of the configuration of its repository. */
export type ConfigurationPreview =
  | { readonly kind: 'faulty'; readonly faults: readonly Finding[] }
  /** In words, one thing each. None when only texts have changed that mean the same. */
  | { readonly kind: 'right'; readonly changes: readonly string[] };
