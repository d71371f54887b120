import type { TextChange, Weakening } from './text-change.ts';

/** Entries of an ignore file by which less is judged: new ones, and exceptions that are gone. */
export function findIgnores({ before, after }: TextChange): readonly Weakening[] {
  const [old, now] = [entries(before), entries(after)];
  return [
    ...now
      .filter((entry) => !entry.startsWith('!') && !old.includes(entry))
      .map((entry) => ({ message: `\`${entry}\` is now left out.` })),
    ...old
      .filter((entry) => entry.startsWith('!') && !now.includes(entry))
      .map((entry) => ({ message: `\`${entry.slice(1)}\` is no longer kept in.` })),
  ];
}

function entries(text: string | null): readonly string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
