/** A path as it can be shown in one line: control characters are written as escapes. */
export function toShown(path: string): string {
  return path.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, toEscape).slice(0, 500);
}

/** Whether a path holds characters that deceive readers or cannot be written as text. */
export function isUnprintable(path: string): boolean {
  // Bytes that are not UTF-8 arrive as U+FFFD.
  return /[\p{Cc}\u2028\u2029\ufffd\u202a-\u202e\u2066-\u2069]/u.test(path);
}

function toEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
