/** A word as it is compared, and as it is shown. Between sentences, clauses and paragraphs stands a gap: null. */
export type Word = { readonly stem: string; readonly shown: string } | null;

/** Words that say nothing about what an issue is, so that phrases are found around them. */
const IGNORED = new Set(
  'a an the our my your this these that those its der die das den dem des ein eine einen einem einer'.split(
    ' ',
  ),
);

/** Words, file names, paths, and what parts them. No alternative can match in two ways, so it is linear. */
const WORD_OR_GAP =
  /(?<= )\/[\p{L}\p{N}\p{M}_{}/:?=&%.*-]*|[\p{L}\p{N}\p{M}]+(?:[._][\p{L}\p{N}\p{M}]+)*|[.,;:!?()[\]|"“”]|\n\s*\n/gu;

/** The words of a text that is in lower case already. A name with a dot, such as `index.html`, is one word. */
export function toWords(prose: string): readonly Word[] {
  const words: Word[] = [];
  for (const [found] of prose.matchAll(WORD_OR_GAP)) {
    if (found.startsWith('/')) {
      words.push({ stem: '/', shown: '/…' });
    } else if (!/^[\p{L}\p{N}\p{M}]/u.test(found)) {
      words.push(null);
    } else if (!IGNORED.has(found)) {
      words.push({ stem: toStem(found), shown: found });
    }
  }
  return words;
}

/** The same for one and for many. It need not be a word, only the same on both sides of a comparison. */
export function toStem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) {
    return `${word.slice(0, -3)}y`;
  }
  if (word.length > 5 && /(?:sh|ss|x)es$/.test(word)) {
    return word.slice(0, -2);
  }
  return word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
