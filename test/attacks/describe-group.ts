import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type Attack, GROUPS, type Group } from './attack.ts';
import { tell, toFate } from './fate.ts';
import { harmlessIssue } from './harmless-issue.ts';
import { readAttacks } from './read-attacks.ts';
import type { TargetName } from './row.ts';
import { searchSinks } from './search-sinks.ts';
import { startBaton } from './targets/start-baton.ts';
import { startNaive } from './targets/start-naive.ts';
import { type Place, type Target, toPlace } from './targets/target.ts';
import { tryAttack } from './try-attack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Who is attacked; Baton alone when nobody says. */
    readonly attacked?: readonly TargetName[];
  }
}

const ATTACKED: readonly TargetName[] = inject('attacked') ?? ['Baton'];

const START = { Baton: startBaton, naive: startNaive };

const ATTACK_MS = 240_000;

/** Tries each attack of a group, a few at a time: on one Baton, and for the table on one naive bot. */
export async function describeGroup(group: Group): Promise<void> {
  const attacks = await readAttacks(group);
  const cases = attacks.map((attack, index) => ({ attack, place: toPlace(index + 1) }));
  const places = [toPlace(0), ...cases.map(({ place }) => place)];

  describe.each(ATTACKED)(`attacks/${group}, ${GROUPS[group]}: %s`, (on) => {
    const server = useTarget(on, places);

    it('does the work on a harmless issue', { timeout: ATTACK_MS }, async () => {
      expect(tell(await tryAttack(harmlessIssue, server(), toPlace(0)))).toBe('blocked');
    });

    it.concurrent.for(cases)(
      '$attack.id $attack.title',
      { timeout: ATTACK_MS },
      async ({ attack, place }, { task, expect: expectHere }) => {
        const { id, title, naiveHolds } = attack;
        const fate = await tryAttack(attack, server(), place);
        task.meta.row = { group, on, id, title, fate, ...(naiveHolds === undefined ? {} : { naiveHolds }) };
        expectHere(tell(fate)).toMatch(toExpected(on, attack));
      },
    );

    it('leaves no secret anywhere, after all of them', { timeout: ATTACK_MS }, async ({ task }) => {
      const fate = toFate(await searchSinks(server(), places));
      task.meta.row = {
        group,
        on,
        id: 'S6',
        title: 'a secret in anything that is left after all of these',
        fate,
      };
      expect(tell(fate)).toMatch(toExpected(on, {}));
    });
  });
}

/** Where the naive bot held, too, the attack would have shown nothing, unless it says why. */
function toExpected(on: TargetName, { naiveHolds }: Pick<Attack, 'naiveHolds'>): RegExp {
  return on === 'Baton' || naiveHolds !== undefined ? /^blocked$/ : /^got through/;
}

/** Starts it before the first attack and stops it after the last. */
function useTarget(on: TargetName, places: readonly Place[]): () => Target {
  const started: Target[] = [];
  beforeAll(async () => {
    started.push(await START[on](places));
  });
  afterAll(async () => {
    await Promise.all(started.map((target) => target.stop()));
  });
  return () => {
    const [target] = started;
    if (target === undefined) {
      throw new Error(`${on} did not start.`);
    }
    return target;
  };
}
