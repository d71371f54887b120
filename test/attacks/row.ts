import type { Attack, Group } from './attack.ts';
import type { Fate } from './fate.ts';

/** What one test tells the table of `npm run attacks`. */
export interface Row extends Pick<Attack, 'id' | 'title' | 'naiveHolds'> {
  readonly group: Group;
  readonly on: TargetName;
  readonly fate: Fate;
}

export type TargetName = 'Baton' | 'naive';

declare module 'vitest' {
  interface TaskMeta {
    row?: Row;
  }
}
