/** The source of a regular expression that matches the text itself. */
export function toPattern(text: string): string {
  return text.replaceAll(/[^\w\s]/g, String.raw`\$&`);
}
