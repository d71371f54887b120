import type { LetterInput } from './message.ts';

/** The same letter to everybody but its sender, each with a key of its own. */
export function broadcast(
  letter: Omit<LetterInput, 'recipient'>,
  members: readonly string[],
): readonly LetterInput[] {
  return members
    .filter((member) => member !== letter.sender)
    .map((recipient) => ({ ...letter, recipient, key: `${letter.key}/${recipient}` }));
}
