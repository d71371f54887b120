import { findTags, type Tag } from './find-tags.ts';
import { findUnseen } from './find-unseen.ts';

/** A text without something, and how many parts that was. */
export interface Stripped {
  readonly text: string;
  readonly parts: number;
}

/** The address of a link or picture: a reader may want to know where it leads. */
const ADDRESS = /\s(src|href)\s{0,5}=\s{0,5}(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))/i;

/** Three words in a row: more than a size, an alignment or a class. */
const SENTENCE = /[\p{L}\p{N}]+[^\S\n]+[\p{L}\p{N}]+[^\S\n]+[\p{L}\p{N}]/u;

/** A piece of the text with another in its place. */
interface Change {
  readonly start: number;
  readonly end: number;
  /** A tag that keeps its name, when it is nothing more than a tag. */
  readonly tag: Tag | null;
}

/**
 * Prose without what a browser would not show: comments, hidden elements, attributes. Tags keep their names and
 * addresses. A blank stands for what is gone, so that what stood around it never joins to something new.
 */
export function stripHtml(text: string): Stripped {
  const tags = findTags(text);
  const changes = mergeChanges([
    ...tags.map((tag) => ({ start: tag.start, end: tag.end, tag: isPlain(tag) ? tag : null })),
    ...findUnseen(text, tags).map((range) => ({ ...range, tag: null })),
  ]);
  const pieces: string[] = [];
  let parts = 0;
  let from = 0;
  for (const change of changes) {
    const whole = text.slice(change.start, change.end);
    const bare = change.tag === null ? ' ' : toBare(change.tag, whole);
    const hides = change.tag === null || (bare !== whole && SENTENCE.test(whole.replace(ADDRESS, '')));
    parts += hides ? 1 : 0;
    pieces.push(text.slice(from, change.start), bare);
    from = change.end;
  }
  return { text: [...pieces, text.slice(from)].join(''), parts };
}

function isPlain({ kind }: Tag): boolean {
  return kind === 'start' || kind === 'end';
}

/** Joins what overlaps: nobody can say which of them it is, so nothing of it stays but a tag around all the others. */
function mergeChanges(changes: readonly Change[]): readonly Change[] {
  const merged: Change[] = [];
  for (const change of changes.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = merged.at(-1);
    if (last === undefined || change.start >= last.end) {
      merged.push(change);
    } else if (change.end > last.end) {
      merged[merged.length - 1] = { start: last.start, end: change.end, tag: null };
    }
  }
  return merged;
}

function toBare({ kind, name }: Tag, whole: string): string {
  if (kind === 'end') {
    return `</${name}>`;
  }
  const [, attribute = '', ...values] = ADDRESS.exec(whole) ?? [];
  const address = values.find((value) => value !== undefined) ?? '';
  return /^[^\s<>"'`]+$/.test(address) ? `<${name} ${attribute.toLowerCase()}="${address}">` : `<${name}>`;
}
