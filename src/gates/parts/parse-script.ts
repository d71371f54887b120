import type { ParseResult } from 'oxc-parser';
import { isTooDeep } from './is-too-deep.ts';

/** Parses JavaScript or TypeScript; null when it cannot be parsed, or only at the risk of the process. */
export async function parseScript(path: string, source: string): Promise<ParseResult | null> {
  if (isTooDeep(source)) {
    return null;
  }
  // Loaded when first needed: it is a program of its own.
  const { parseSync } = await import('oxc-parser');
  const parsed = parseSync(path, source);
  return parsed.errors.length > 0 ? null : parsed;
}
