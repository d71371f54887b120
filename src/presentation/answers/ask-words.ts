import type { Ask } from '../../domain/intent.ts';
import { code } from '../fence.ts';

/** What was asked, as the command that asks it. */
export function askWords(ask: Ask): string {
  switch (ask.kind) {
    case 'start':
      return code(ask.workflow === null ? '/baton run' : `/baton run ${ask.workflow}`);
    case 'approve':
    case 'reject':
    case 'retry':
    case 'cancel':
    case 'status':
    case 'help':
      return code(`/baton ${ask.kind}`);
    case 'misspelt':
      return 'A command';
  }
}
