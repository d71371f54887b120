import { type Condition, factOf, isMet, SENT_BACK, type When } from '../../domain/condition.ts';
import type { FactSpecs, Facts } from '../../domain/fact.ts';
import { toFactValues } from './fact-values.ts';
import { conditionsOf, type Place, toConditions } from './workflow-graph.ts';

/** Beyond so many situations nothing is said about a condition, rather than something wrong. */
const MOST_SITUATIONS = 20_000;

/** A step of the workflow, and what has been reported when a run comes to it. */
interface Situation {
  readonly at: number;
  readonly facts: Facts;
}

interface World {
  readonly places: readonly Place[];
  /** The facts that decide what is asked. Conditions on others may go either way. */
  readonly decisive: ReadonlySet<string>;
  readonly conditions: readonly Condition[];
}

/** Whether some course of the workflow leads to the place `at` with the condition of its step met. */
export function canBeDone(places: readonly Place[], at: number): boolean {
  const when = places[at]?.step.when;
  if (when === SENT_BACK) {
    return places.some(({ ways }) => ways.some(({ why, to }) => why === 'rejected' && to === at));
  }
  return when === undefined || isReached(places, [when], { at, isGoal: (facts) => isMet(when, facts) });
}

/** Whether the step at the place `at` can be done and then go back by its `again`. */
export function canGoAgain(places: readonly Place[], at: number): boolean {
  const place = places[at];
  const { when, again } = place?.step ?? {};
  if (place === undefined || again === undefined) {
    return true;
  }
  return isReached(places, [again.when, ...toConditions(when)], {
    at,
    isGoal: (facts, world) =>
      isMet(when, facts) && toReported(place.reports, facts, world).some((known) => isMet(again.when, known)),
  });
}

interface Goal {
  readonly at: number;
  readonly isGoal: (facts: Facts, world: World) => boolean;
}

function isReached(places: readonly Place[], asked: readonly Condition[], { at, isGoal }: Goal): boolean {
  const world = { places, decisive: toDecisive(places, asked), conditions: conditionsOf(places) };
  if (countSituations(world) > MOST_SITUATIONS) {
    return true;
  }
  const start: Situation = { at: 0, facts: {} };
  const seen = new Map([[toKey(start), start]]);
  // A map grows while it is walked through.
  for (const situation of seen.values()) {
    if (situation.at === at && isGoal(situation.facts, world)) {
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
function countSituations({ places, decisive, conditions }: World): number {
  const values = [...decisive].map((fact) => {
    const specs = places.flatMap(({ reports }) => reports[fact] ?? []);
    return new Set(specs.flatMap((spec) => toFactValues(fact, spec, conditions))).size + 1;
  });
  return values.reduce((product, count) => product * count, places.length);
}

/** The facts that conditions depend on, also by way of the conditions of the steps that report them. */
function toDecisive(places: readonly Place[], asked: readonly Condition[]): ReadonlySet<string> {
  const decisive = new Set(asked.map(({ fact }) => fact));
  // A set grows while it is walked through.
  for (const fact of decisive) {
    const reporters = places.filter(({ reports }) => Object.hasOwn(reports, fact));
    for (const condition of reporters.flatMap(({ step }) => toConditions(step.when))) {
      decisive.add(condition.fact);
    }
  }
  return decisive;
}

/** Where a run can be next, without a person. */
function follow({ at, facts }: Situation, world: World): readonly Situation[] {
  const place = world.places[at];
  if (place === undefined) {
    return [];
  }
  const { when, again } = place.step;
  const isDone = mayBe(when, true, { facts, world });
  const isPassedOver = mayBe(when, false, { facts, world });
  return place.ways.flatMap(({ why, to }) => {
    switch (why) {
      case 'passed-over':
        return isPassedOver ? [{ at: to, facts }] : [];
      case 'rejected':
      case 'rethink':
        return isDone ? [{ at: to, facts }] : [];
      case 'passed':
      case 'again':
        return isDone
          ? toReported(place.reports, facts, world)
              .filter((known) => why === 'passed' || mayBe(again?.when, true, { facts: known, world }))
              .map((known) => ({ at: to, facts: known }))
          : [];
    }
  });
}

function mayBe(
  condition: When | undefined,
  met: boolean,
  { facts, world }: { readonly facts: Facts; readonly world: World },
): boolean {
  // Whether work was sent back is not part of a situation, so such a step may go either way.
  const fact = condition === undefined ? undefined : factOf(condition);
  const isOpen = fact !== undefined && (fact === null || !world.decisive.has(fact));
  return isOpen || isMet(condition, facts) === met;
}

/** What may be known after a step has reported: one for each combination of values. */
function toReported(reports: FactSpecs, facts: Facts, { decisive, conditions }: World): readonly Facts[] {
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
