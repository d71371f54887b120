import { setTimeout as delay } from 'node:timers/promises';

/** The work that both kinds of queue are given: each run calls two roles, one after the other. */
export const RUNS = 16;
export const CALL_MS = 400;
export const LIMITS = { calls: 5, callsPerRole: 3 } as const;
export const ROLES = ['coder', 'reviewer'] as const;
export type Role = (typeof ROLES)[number];

/** What one kind of queue made of it. */
export interface Measured {
  readonly ms: number;
  readonly most: { readonly all: number; readonly role: number };
  /** Rows of the engine's table of workflows. */
  readonly rows: number;
}

/** Half of the runs begin with one role, half with the other. */
export function rolesOf(run: number): readonly Role[] {
  return run % 2 === 0 ? ROLES : ROLES.toReversed();
}

/** Calls that take their time, and how many were under way at once. */
export function createCalls() {
  const now = new Map<string, number>();
  const most = new Map<string, number>();

  function count(key: string, by: 1 | -1): void {
    const next = (now.get(key) ?? 0) + by;
    now.set(key, next);
    most.set(key, Math.max(most.get(key) ?? 0, next));
  }

  return {
    async call(role: Role): Promise<null> {
      count('all', 1);
      count(role, 1);
      await delay(CALL_MS);
      count('all', -1);
      count(role, -1);
      return null;
    },
    most: () => ({
      all: most.get('all') ?? 0,
      role: Math.max(...ROLES.map((role) => most.get(role) ?? 0)),
    }),
  };
}
