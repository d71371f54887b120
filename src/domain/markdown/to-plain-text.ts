/** Longer than anything that is compared or shown in one line. */
const MAX_LENGTH = 10_000;

/** What code spans hold is kept as it is, so they are found before everything else. */
const CODE_SPAN = /(?<!`)(`{1,8})(?!`)([^`]{1,2000})\1(?!`)/;
const LINK = /!?\[([^[\]]{0,500})\]\([^()\s]{0,1000}\)/g;
/** Stars around words; not those of patterns such as `src/*.ts`, of which a line may hold two. */
const STARS = /(?<![\w/.*])(\*{1,3})(?=[^\s*])([^*]{1,500})(?<=\S)\1(?![\w*/]|\.\w)/g;
const LINES = /(?<!\w)(_{1,3})(?=[^\s_])([^_]{1,500})(?<=\S)\1(?!\w)/g;

/** The words of inline Markdown without its marks: of `**Modules:** [api](x)` it is `Modules: api`. */
export function toPlainText(inline: string): string {
  const parts = inline.slice(0, MAX_LENGTH).split(CODE_SPAN);
  // Split gives text, ticks, code, text, ticks, code, text ...
  const words = parts.flatMap((part, index) => {
    if (index % 3 === 1) {
      return [];
    }
    return index % 3 === 2 ? part : withoutMarks(part);
  });
  return words.join('').replaceAll(/\s+/g, ' ').trim();
}

function withoutMarks(text: string): string {
  return text.replaceAll(LINK, '$1').replaceAll('~~', '').replaceAll(STARS, '$2').replaceAll(LINES, '$2');
}
