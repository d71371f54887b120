import { type Condition, isMet } from '../../domain/condition.ts';
import type { FactSpecs, Facts } from '../../domain/fact.ts';
import { toFactValues } from './fact-values.ts';
import { conditionsOf, type Place } from './workflow-graph.ts';

/** Beyond so many situations nothing is said about a condition, rather than something wrong. */
const MOST_SITUATIONS = 20_000;

/** A step of the workflow, and what has been reported when a run comes to it. */
interface Situation {
  readonly at: number;
  readonly facts: Facts;
}

/** Whether some course of the workflow leads to the place `at` with the condition of its step met. */
export function canBeDone(places: readonly Place[], at: number): boolean {
  const when = places[at]?.step.when;
  return (
    when === undefined ||
    isReached(places, when, (situation) => situation.at === at && isMet(when, situation.facts))
  );
}

function isReached(
  places: readonly Place[],
  condition: Condition,
  isGoal: (situation: Situation) => boolean,
): boolean {
  const world = { places, facts: toDecisiveFacts(places, condition), conditions: conditionsOf(places) };
  if (countSituations(world) > MOST_SITUATIONS) {
    return true;
  }
  const start: Situation = { at: 0, facts: {} };
  const seen = new Map([[toKey(start), start]]);
  // A map grows while it is walked through.
  for (const situation of seen.values()) {
    if (isGoal(situation)) {
      return true;
    }
    for (const next of follow(situation, world)) {
      if (!seen.has(toKey(next))) {
        seen.set(toKey(next), next);
      }
    }
  }
  return false;
}

function toKey({ at, facts }: Situation): string {
  const known = Object.entries(facts).map((fact) => JSON.stringify(fact));
  return [at, ...known.toSorted()].join();
}

/** At most so many there are: each fact has one of its values, or has not been reported. */
function countSituations({ places, facts, conditions }: World): number {
  const values = [...facts].map((fact) => {
    const specs = places.flatMap(({ reports }) => reports[fact] ?? []);
    return new Set(specs.flatMap((spec) => toFactValues(fact, spec, conditions))).size + 1;
  });
  return values.reduce((product, count) => product * count, places.length);
}

/** The facts that a condition depends on, also by way of the conditions of the steps that report them. */
function toDecisiveFacts(places: readonly Place[], { fact }: Condition): ReadonlySet<string> {
  const facts = new Set([fact]);
  for (const decisive of facts) {
    for (const { step, reports } of places) {
      if (Object.hasOwn(reports, decisive) && step.when !== undefined) {
        facts.add(step.when.fact);
      }
    }
  }
  return facts;
}

interface World {
  readonly places: readonly Place[];
  readonly facts: ReadonlySet<string>;
  readonly conditions: readonly Condition[];
}

/** Where a run can be next. A condition on a fact that decides nothing here may go either way. */
function follow({ at, facts }: Situation, world: World): readonly Situation[] {
  const place = world.places[at];
  if (place === undefined) {
    return [];
  }
  const { when } = place.step;
  const isOpen = when !== undefined && !world.facts.has(when.fact);
  const isDone = isOpen || isMet(when, facts);
  return place.ways.flatMap((way) => {
    switch (way.why) {
      case 'passed-over':
        return isOpen || !isDone ? [{ at: way.to, facts }] : [];
      case 'rejected':
        return isDone ? [{ at: way.to, facts }] : [];
      case 'passed':
      case 'again':
        return isDone
          ? toReported(place.reports, facts, world).map((known) => ({ at: way.to, facts: known }))
          : [];
    }
  });
}

/** What may be known after a step has reported: one for each combination of values. */
function toReported(
  reports: FactSpecs,
  facts: Facts,
  { facts: decisive, conditions }: World,
): readonly Facts[] {
  return Object.entries(reports)
    .filter(([name]) => decisive.has(name))
    .reduce<readonly Facts[]>(
      (known, [name, spec]) =>
        known.flatMap((before) =>
          toFactValues(name, spec, conditions).map((value) => ({ ...before, [name]: value })),
        ),
      [facts],
    );
}
