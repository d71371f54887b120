import type { Workflow } from '../../domain/workflow.ts';
import type { Move, Situation, Walk } from './walk.ts';

/** What is wrong with where a workflow leads. */
export interface Trouble {
  /** Ids of the steps that no run comes to, though they are not turned off. */
  readonly unreached: readonly string[];
  /** Situations from which no course leads to success: nothing happens, or all leads in circles. */
  readonly stuck: readonly Situation[];
}

/** Both are only known when everything was looked at. */
export function findTrouble({ situations, moves }: Walk, { steps }: Workflow): Trouble {
  const reached = new Set(
    situations.filter(({ place }) => place.kind === 'step').map(({ place }) => place.name),
  );
  const hopeful = findHopeful(situations, moves);
  return {
    unreached: steps
      .filter(({ enabled }) => enabled !== false)
      .flatMap(({ id }) => (reached.has(id) ? [] : [id])),
    stuck: situations.filter((situation) => situation.place.kind !== 'end' && !hopeful.has(situation)),
  };
}

/** The situations from which a run can still succeed. */
function findHopeful(situations: readonly Situation[], moves: readonly Move[]): ReadonlySet<Situation> {
  const before = Map.groupBy(moves, ({ to }) => to);
  const hopeful = new Set(situations.filter(({ run }) => run.state === 'succeeded'));
  // A set grows while it is walked through.
  for (const situation of hopeful) {
    for (const { from } of before.get(situation) ?? []) {
      hopeful.add(from);
    }
  }
  return hopeful;
}
