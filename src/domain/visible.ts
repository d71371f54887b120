/** Terminal colours and cursor moves; a line feed or tab before a bracket is none. */
const TERMINAL_SEQUENCE = /(?![\n\t])\p{Cc}\[[0-?]*[ -/]*[@-~]/gu;

/** Every control character except line feed and tab. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** Line ends besides the line feed. */
const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/**
 * What a reader cannot see or what turns text around: zero-width, bidirectional, filler, tag and variation characters.
 * Those that hold an emoji together (U+200D, U+FE0F) stay, but only inside one.
 */
const HIDDEN = [
  '[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u200B\\u200C\\u200E\\u200F\\u202A-\\u202E]',
  '[\\u2060-\\u206F\\u3164\\uFE00-\\uFE0E\\uFEFF\\uFFA0\\uFFF9-\\uFFFB]',
  '[\\u{1D173}-\\u{1D17A}\\u{E0000}-\\u{E0FFF}]',
  '(?<!\\p{Extended_Pictographic}\\uFE0F?)\\u200D',
  '\\u200D(?!\\p{Extended_Pictographic})',
  '(?<!\\p{Extended_Pictographic})\\uFE0F',
].join('|');

const HIDDEN_CHARACTER = new RegExp(HIDDEN, 'gu');
const HIDDEN_RUN = new RegExp(`(?:${HIDDEN})+`, 'gu');

/** The text with nothing in it that a reader could not see: plain line ends, no control or invisible characters. */
export function toVisible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(LINE_END, '\n')
    .replaceAll(TERMINAL_SEQUENCE, '')
    .replaceAll(CONTROL, '')
    .replaceAll(HIDDEN_CHARACTER, '');
}

/** How many runs of invisible characters are in the text. */
export function countInvisible(text: string): number {
  return text.match(HIDDEN_RUN)?.length ?? 0;
}
