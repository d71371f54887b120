import type { Deed, Start } from './deed.ts';
import { isOpen, type Sight } from './sight.ts';

/** Starts as many as the member may have open at a time; `extra` lets one more in. */
export function startDeed(
  member: string,
  { own, runs }: Pick<Sight, 'own' | 'runs'>,
  { starts, extra = 0 }: { readonly starts: readonly Start[]; readonly extra?: number },
): readonly Deed[] {
  const open = runs.filter((run) => run.member === member && isOpen(run)).length;
  const places = own.atOnce + extra - open;
  return places > 0 && starts.length > 0 ? [{ kind: 'start', places, starts }] : [];
}
