import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toRepository } from '../serializers/to-repository.ts';
import type { Repository } from '../state/repository.ts';
import { emit, isListening } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';

/** Tells the App on the parent that somebody forked it. */
export function emitFork(act: Act, fork: Repository): void {
  const { world, repository } = act;
  if (!isListening(world, 'fork', repository)) {
    return;
  }
  const payload: Webhooks['webhook-fork'] = {
    forkee: { ...toRepository(world, fork), fork: true },
    ...toEnvelope(world, repository, act.actor.account),
  };
  emit(world, { event: 'fork', repository, payload });
}
