/** How many characters a text has, as GitHub counts them: code points, so that an emoji is one. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}
