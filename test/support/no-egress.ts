import type { EgressProxy } from '../../src/ports/egress.ts';

/** A server whose operator lets nothing out. */
export const NO_EGRESS: EgressProxy = {
  plan: ({ registry }) => ({ kind: 'switched-off', name: registry.name }),
  open: () => Promise.reject(new Error('nothing is let out')),
};
