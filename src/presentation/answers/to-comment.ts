import type { Answer } from '../../domain/answer.ts';
import type { Command } from '../../domain/command.ts';
import type { Intent } from '../../domain/intent.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { inline } from '../inline.ts';
import { answer } from './answer.ts';
import { askWords } from './ask-words.ts';
import { debt } from './debt.ts';
import { explanation } from './explanation.ts';
import { help } from './help.ts';
import { misspelt } from './misspelt.ts';
import { nothingToSteer } from './nothing-to-steer.ts';
import { refusal, unverified } from './refusal.ts';
import { status } from './status.ts';
import { unreadable } from './unreadable.ts';
import { unvouched } from './unvouched.ts';

/** The answer in words; null when there is nothing to say that is not shown already. */
export function toComment(intent: Intent, said: Answer, commands: readonly Command[]): SurfaceInput | null {
  if (said.kind === 'accepted') {
    return null;
  }
  if (said.kind === 'status') {
    return status(said.run);
  }
  if (said.kind === 'debt') {
    return debt(said);
  }
  if (said.kind === 'explanation') {
    return explanation(said.run);
  }
  if (said.kind === 'help') {
    return help(commands, said.topic);
  }
  return toRefusal(intent, said);
}

type NotDone = Exclude<Answer, { kind: 'accepted' | 'status' | 'explanation' | 'debt' | 'help' }>;

function toRefusal(intent: Intent, said: NotDone): SurfaceInput {
  switch (said.kind) {
    case 'misspelt':
      return misspelt(said.problem);
    case 'refused':
      return refusal(intent);
    case 'unsure':
      return unverified(intent);
    case 'nothing-to-steer':
      return nothingToSteer(intent.ask, said.last);
    case 'unreadable':
      return unreadable(said.ids);
    case 'closed':
      return answer(
        `Nothing was started: this issue is closed. Reopen it and ask for ${askWords(intent.ask)} again.`,
      );
    case 'unvouched':
      return unvouched(said);
    case 'ignored':
      return answer(`Nothing was done. ${inline(said.why, 300)}`);
  }
}
