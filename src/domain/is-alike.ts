/** Words that carry no meaning of their own in a title. */
const FILLERS = new Set(
  'a an and are as at be been being but by can could does do for from has have in into is it its of on or so still than that the their them there these they this to too was were which while will with would'.split(
    ' ',
  ),
);
const NEGATIONS = new Set(['no', 'not', 'never', 'without', 'missing', 'lacks', 'lack', 'nobody', 'nothing']);
/** Stands for all of them. */
const NO = 'not';
/** Fewer words could be a part of many titles. */
const FEWEST_WORDS = 3;

/**
 * Whether two titles say the same in slightly other words: in another order, with other forms of the words, or with more
 * of them. When one word stands in place of another they are different, and so they are when one of them says no: that
 * may be what they are about.
 */
export function isAlike(one: string, other: string): boolean {
  const [left, right] = [toWords(one), toWords(other)];
  const [few, many] = left.size < right.size ? [left, right] : [right, left];
  return (
    few.has(NO) === many.has(NO) &&
    few.size >= Math.min(FEWEST_WORDS, Math.max(many.size, 2)) &&
    [...few].every((word) => many.has(word))
  );
}

function toWords(title: string): ReadonlySet<string> {
  const words = title
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word !== '' && !FILLERS.has(word));
  return new Set(words.map((word) => (NEGATIONS.has(word) ? NO : toStem(word))));
}

/** Forms of one English word; nothing is lost when it misses some. */
function toStem(word: string): string {
  return word.length < 5 ? word : word.replace(/(?:ies|ied|y)$/, 'i').replace(/(?:ing|ed|es|s|e)$/, '');
}
