import type { Intent } from '../../domain/intent.ts';
import type { SurfaceInput } from '../../domain/surface.ts';
import { code } from '../fence.ts';
import { accessWords } from './access-words.ts';
import { answer } from './answer.ts';
import { askWords } from './ask-words.ts';

type Refused = Pick<Intent, 'ask' | 'requires' | 'source'>;

/** The sender may not ask this. Says who could, not who the sender is to this repository. */
export function refusal({ ask: asked, requires, source }: Refused): SurfaceInput {
  // The same words whatever workflow was named: they are shown once for all of them.
  const ask = asked.kind === 'start' ? { ...asked, workflow: null } : asked;
  if (source.kind === 'label') {
    return answer(
      source.byProgram === true
        ? `Nothing was started: the label was put on by a program. It counts only when a person with ${accessWords(requires)} puts it on, so that programs cannot keep each other going.`
        : `Nothing was started: the label ${code(source.label)} counts only when it is put on by somebody with ${accessWords(requires)}. Issue templates and automation can put on labels too, so Baton looks at who did it.`,
      `Somebody with that access can take the label off and put it on again, or comment ${askWords(ask)}.`,
    );
  }
  return answer(
    `Nothing was done: ${askWords(ask)} needs ${accessWords(requires)} to this repository. Somebody who has it can ask for the same.`,
  );
}

/** The sender's permission could not be learnt, so the answer is no. */
export function unverified({ ask, requires }: Pick<Intent, 'ask' | 'requires'>): SurfaceInput {
  return answer(
    `Nothing was done: ${askWords(ask)} needs ${accessWords(requires)}, and GitHub did not say whether you have it. Please ask again in a few minutes.`,
  );
}
