import type { Actor } from '../domain/actor.ts';
import { code } from './fence.ts';

/** A person by login, as code: named, but not notified by every edit. */
export function person(actor: Actor): string {
  return code(actor.login);
}
