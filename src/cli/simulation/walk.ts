import { advance } from '../../domain/advance.ts';
import type { Run } from '../../domain/run.ts';
import type { Definition } from '../../domain/workflow.ts';
import { beginRun } from './begin-run.ts';
import { type Happening, type Place, placeOf } from './happening.ts';
import { listHappenings, type Script } from './list-happenings.ts';
import { toSituation } from './to-situation.ts';

/** A situation that a run can come to, and the first way that was found to it, which is a shortest. */
export interface Situation {
  readonly place: Place;
  readonly run: Run;
  readonly cameBy: Move | null;
}

/** One thing that happened, and where it led. */
export interface Move {
  readonly from: Situation;
  readonly to: Situation;
  readonly happening: Happening;
  /** The steps that were passed over, because their condition did not hold. */
  readonly passedOver: readonly string[];
}

export interface Walk {
  readonly situations: readonly Situation[];
  readonly moves: readonly Move[];
  /** Whether all situations were looked at, or there were too many. */
  readonly isWhole: boolean;
}

/** More than any workflow that a person can follow; a minute's work at most. */
const MOST_SITUATIONS = 50_000;

interface Walked {
  readonly definition: Definition;
  readonly script: Script;
  /** The facts that conditions depend on. */
  readonly decisive: ReadonlySet<string>;
}

/** Goes through every situation that the rules of real runs lead to, each once, the nearest first. */
export function walk({ definition, script, decisive }: Walked, most = MOST_SITUATIONS): Walk {
  const { workflow } = definition;
  const begun = beginRun(definition);
  const start: Situation = { place: placeOf(begun), run: begun, cameBy: null };
  const seen = new Map([[toSituation(begun, workflow, decisive), start]]);
  const moves: Move[] = [];
  // A map grows while it is walked through.
  for (const from of seen.values()) {
    for (const happening of listHappenings(from.run, workflow, script)) {
      const decision = advance(from.run, happening.event);
      if (decision.kind === 'ignore') {
        continue;
      }
      const key = toSituation(decision.run, workflow, decisive);
      const passedOver = listPassedOver(from.run, decision.run);
      const known = seen.get(key);
      const move =
        known === undefined
          ? discover({ from, happening, passedOver }, decision.run)
          : { from, to: known, happening, passedOver };
      seen.set(key, move.to);
      moves.push(move);
    }
    if (seen.size > most) {
      return { situations: [...seen.values()], moves, isWhole: false };
    }
  }
  return { situations: [...seen.values()], moves, isWhole: true };
}

function discover(move: Omit<Move, 'to'>, run: Run): Move {
  const to: { place: Place; run: Run; cameBy: Move | null } = { place: placeOf(run), run, cameBy: null };
  const made: Move = { ...move, to };
  to.cameBy = made;
  return made;
}

function listPassedOver(before: Run, after: Run): readonly string[] {
  const length = 'history' in before ? before.history.length : 0;
  const news = 'history' in after ? after.history.slice(length) : [];
  return news.filter(({ outcome }) => outcome.kind === 'skipped').map(({ step }) => step);
}
