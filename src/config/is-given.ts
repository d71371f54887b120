/** Whether a variable says anything. */
export function isGiven(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '';
}
