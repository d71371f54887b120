import { maskCredentials } from './mask-credentials.ts';
import { toEncodings } from './to-encodings.ts';

/** Hides these secrets, in every encoding, and whatever looks like a credential. */
export function createMask(secrets: readonly string[]): (text: string) => string {
  const needles = [...new Set(secrets.flatMap(toEncodings))].toSorted(
    (one, other) => other.length - one.length,
  );
  if (needles.length === 0) {
    return maskCredentials;
  }
  // One pass over the text, however many needles there are.
  const pattern = new RegExp(needles.map(toPattern).join('|'), 'g');
  return function mask(text) {
    return maskCredentials(text.replace(pattern, '[secret]'));
  };
}

/** The text as a pattern that matches it alone. */
function toPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
