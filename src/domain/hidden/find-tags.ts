import { nextOf } from './next-of.ts';
import { toTagEnds } from './tag-ends.ts';

/** Something in a text that can be taken for HTML. */
export interface Tag {
  readonly kind: 'start' | 'end' | 'comment' | 'declaration';
  /** In lower case; empty for comments and declarations. */
  readonly name: string;
  readonly start: number;
  /** The place behind it; the length of the text when nothing closes it. */
  readonly end: number;
}

/** An address in brackets is shown. Nothing but the signs of an address, so that it cannot hide the end of something else. */
const ADDRESS = '(?:https?|mailto):[^\\s<>"\'`\\\\]*>|[\\w.+-]{1,100}@[\\w.-]{1,100}>';

/** Longer names mean nothing to a browser. */
const NAME = '(?<slash>/?)(?<name>[a-z][a-z0-9-]{0,40})';

const OPENING = new RegExp(`<(?!${ADDRESS})(?:!--|[!?]|/(?=[^a-z])|${NAME})`, 'gi');

/** A line that begins like a block of HTML, behind the signs of quotes and lists. */
const BLOCK = /^[ \t>*+\-\d.)]*<[a-z/!?]/im;

const BLANK_LINE = /\n[ \t]*\n/g;

/**
 * All that any reading of the text could take for a comment or a tag, in the order of their beginnings. Which of them
 * GitHub's parser sees depends on what stands before; so none is left out for what stands before, and they overlap.
 * Takes linear time.
 */
export function findTags(text: string): readonly Tag[] {
  const tagEnds = toTagEnds(text);
  const nextBlank = nextOf(text, BLANK_LINE);
  const nextCommentEnd = nextOf(text, /--!?>/g);
  const block = BLOCK.exec(text)?.index ?? text.length;

  /** The end of a tag; null when it is none: inside a paragraph, what does not end there is text. */
  function toEnd(start: number, behindName: number): number | null {
    const end = tagEnds[behindName] ?? text.length + 1;
    const blank = nextBlank(start).start;
    const isSplit = end > text.length || (blank >= 0 && blank < end);
    if (isSplit) {
      return start < block ? null : text.length;
    }
    return end;
  }

  return [...text.matchAll(OPENING)].flatMap((match): Tag[] => {
    const start = match.index;
    const [opening] = match;
    if (opening === '<!--') {
      // `<!-->` and `<!--->` are comments too.
      const { end } = nextCommentEnd(start + 2);
      return [{ kind: 'comment', name: '', start, end: end < 0 ? text.length : end }];
    }
    const end = toEnd(start, start + opening.length);
    return end === null ? [] : [{ ...toKind(match), start, end }];
  });
}

function toKind({ groups }: RegExpMatchArray): Pick<Tag, 'kind' | 'name'> {
  const name = groups?.['name']?.toLowerCase();
  if (name === undefined) {
    return { kind: 'declaration', name: '' };
  }
  return { kind: groups?.['slash'] === '/' ? 'end' : 'start', name };
}
