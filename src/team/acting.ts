import type { Sight } from '../domain/team/sight.ts';
import type { Happening } from '../domain/trace-event.ts';
import type { TeamDesk } from './team-desk.ts';

/** Who does something, and what it has seen. */
export interface Acting {
  readonly member: string;
  readonly sight: Sight;
  readonly desk: TeamDesk;
  /** Told each thing that it does, as it does it. */
  readonly tell: (happened: Happening) => void;
}
