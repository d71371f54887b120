import type { Traces } from '../../src/ports/traces.ts';

/** For what is not about traces. */
export const SILENT_TRACES: Traces = {
  record: () => undefined,
  openCall: () => ({ hear: () => undefined, tell: () => undefined, ended: () => undefined }),
};
