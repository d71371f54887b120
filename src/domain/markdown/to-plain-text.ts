/** Longer than anything that is compared or shown in one line. */
const MAX_LENGTH = 10_000;

/**
 * The words of inline Markdown without its marks: of `**Modules:** [api](x)` it is `Modules: api`. Code keeps its
 * content. What cannot be told apart from a mark inside a name, such as `a_b`, stays.
 */
export function toPlainText(inline: string): string {
  return inline
    .slice(0, MAX_LENGTH)
    .replaceAll(/!?\[([^[\]]{0,500})\]\([^()\s]{0,1000}\)/g, '$1')
    .replaceAll(/(\*{1,3}|~~|`+)/g, '')
    .replaceAll(/(?<![\w])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\w])/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
