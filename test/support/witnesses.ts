/** Says what was seen last, for whoever has to find out why a test failed. */
export type Witness = () => readonly string[];

const witnesses: Witness[] = [];

/** Has the witness heard when a test of this file fails. */
export function callWitness(witness: Witness): void {
  witnesses.push(witness);
}

/** Nobody is heard any more. */
export function dismissWitnesses(): void {
  witnesses.length = 0;
}

/** What all of them say; empty when nobody saw anything. */
export function hearWitnesses(): string {
  return witnesses.flatMap((witness) => witness()).join('\n');
}
