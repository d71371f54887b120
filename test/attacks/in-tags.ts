/** Words in tag characters (U+E0000 and up), each of which stands for a letter: no reader sees them, models do. */
export function inTags(words: string): string {
  return Array.from(words, (letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
}
