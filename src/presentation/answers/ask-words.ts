import type { Ask } from '../../domain/intent.ts';
import { code } from '../fence.ts';

/** What was asked, as the command that asks it. */
export function askWords(ask: Ask): string {
  switch (ask.kind) {
    case 'start':
      return code(ask.workflow === null ? '/baton run' : `/baton run ${ask.workflow}`);
    case 'moved':
      return 'A push';
    case 'misspelt':
      return 'A command';
    default:
      return code(`/baton ${ask.kind}`);
  }
}
