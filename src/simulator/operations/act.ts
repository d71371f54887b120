import type { NamedActor } from '../state/actor.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';

/** Somebody doing something in a repository. */
export type Act = {
  readonly world: World;
  readonly repository: Repository;
  readonly actor: NamedActor;
};

/** True when the App acts, which GitHub shows on everything it writes. */
export function isViaApp(act: Act): boolean {
  return act.actor.kind === 'installation';
}
