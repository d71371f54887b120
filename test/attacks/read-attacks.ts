import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, type Group, groupOf } from './attack.ts';

const CASES = join(import.meta.dirname, 'cases');

/** The attacks of a group, by their numbers. Each is one file, named after its id. */
export async function readAttacks(group: Group): Promise<readonly Attack[]> {
  const files = (await readdir(CASES)).filter((name) => name.startsWith(group.toLowerCase()));
  const attacks: Attack[] = [];
  for (const file of files) {
    const { attack }: { attack: Attack } = await import(join(CASES, file));
    if (!file.startsWith(`${attack.id.toLowerCase()}-`) || groupOf(attack) !== group) {
      throw new Error(`${file} holds the attack ${attack.id}: its name must begin with that.`);
    }
    attacks.push(attack);
  }
  return attacks.toSorted((one, other) => numberOf(one) - numberOf(other));
}

function numberOf({ id }: Attack): number {
  return Number(id.slice(1));
}
