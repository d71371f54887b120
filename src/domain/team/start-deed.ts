import type { Deed, Start } from './deed.ts';
import type { Sight } from './sight.ts';

type StartDeed = Extract<Deed, { kind: 'start' }>;

/** Starts as many as the member may have open at a time; `extra` lets one more in. */
export function startDeed(
  { own, placesTaken }: Pick<Sight, 'own' | 'placesTaken'>,
  { starts, extra = 0 }: { readonly starts: readonly Start[]; readonly extra?: number },
): readonly StartDeed[] {
  const most = own.atOnce + extra;
  return starts.length > 0 ? [{ kind: 'start', places: most - placesTaken, most, starts }] : [];
}
