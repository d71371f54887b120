/** A decision record with everything that one needs, and the words that it is filled up with. */
export function aRecord(words = 400): string {
  const parts = [
    '# The sum is a function\n\nStatus: proposed\n\n## Context\n\n',
    '\n\n## Latency targets\n\np99 stays under 100 ms; measured with `npm run bench`.\n\n## Upgrade path\n\nNothing has to be done, because only a function is added.\n\n## New dependencies\n\nNone.\n',
  ];
  const there = parts.join(' ').match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
  return parts.join(Array.from({ length: words - there }, (_, index) => `word${index}`).join(' '));
}
