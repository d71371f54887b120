import type { Ask } from '../../domain/intent.ts';
import { code } from '../fence.ts';

/** What was asked, as the command that asks it. */
export function askWords(ask: Ask): string {
  if (ask.kind === 'start') {
    return code(ask.workflow === null ? '/baton run' : `/baton run ${ask.workflow}`);
  }
  if (ask.kind === 'moved' || ask.kind === 'new-head' || ask.kind === 'preview') {
    return 'A push';
  }
  if (ask.kind === 'edited') {
    return 'A change of the issue';
  }
  // All others are named like their command.
  return ask.kind === 'misspelt' ? 'A command' : code(`/baton ${ask.kind}`);
}
