import { withoutComments } from '../parts/without-comments.ts';

/** JSON as tools' configuration has it: with comments and trailing commas. Null when it is not that. */
export function parseJsonc(text: string): { readonly value: unknown } | null {
  const bare = withoutComments('a.jsonc', text.replace(/^\uFEFF/, ''));
  // Text in quotes is kept as it is: only a comma before a bracket that closes is dropped, and in valid JSON no text has both.
  return parse(bare) ?? parse(bare.replaceAll(/,(?=\s*[}\]])/g, ''));
}

function parse(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}
