import type { Tag } from './find-tags.ts';
import { nextOf } from './next-of.ts';

/** Elements whose content is not shown. */
const UNSEEN = new Set(
  'script style template head title iframe noembed noframes noscript object xmp plaintext'.split(' '),
);

/** Elements without content. */
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

/** What hides an element, by its attributes. */
const HIDING =
  /[\s"'/]hidden(?=[\s=>/])|display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|(?:font-size|opacity)\s{0,5}:\s{0,5}0/gi;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The elements of a text that a browser would not show, with all that is in them. Takes linear time. */
export function findUnseen(text: string, tags: readonly Tag[]): readonly Range[] {
  const nextHiding = nextOf(text, HIDING);
  const found: Range[] = [];
  let open: { readonly tag: Tag; depth: number } | null = null;
  let commentUntil = 0;
  for (const tag of tags) {
    const isInComment = tag.start < commentUntil;
    commentUntil = tag.kind === 'comment' ? Math.max(commentUntil, tag.end) : commentUntil;
    if (isInComment) {
      continue;
    }
    if (open === null) {
      open = isUnseen(tag, nextHiding) ? { tag, depth: 1 } : null;
    } else if (tag.name === open.tag.name) {
      open.depth += toDepth(tag);
      found.push(...(open.depth === 0 ? [{ start: open.tag.start, end: tag.end }] : []));
      open = open.depth === 0 ? null : open;
    }
  }
  return open === null ? found : [...found, toUnclosed(text, open.tag)];
}

function isUnseen({ kind, name, start, end }: Tag, nextHiding: ReturnType<typeof nextOf>): boolean {
  if (kind !== 'start' || VOID.has(name)) {
    return false;
  }
  const hiding = nextHiding(start);
  return UNSEEN.has(name) || (hiding.start >= 0 && hiding.end <= end);
}

/** Scripts and the like do not nest: the first end is theirs. */
function toDepth({ kind, name }: Tag): number {
  return kind === 'end' ? -1 : Number(!UNSEEN.has(name));
}

/** At the start of a line it hides the rest; in the middle of a sentence somebody speaks of it. */
function toUnclosed(text: string, { start, end }: Tag): Range {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return { start, end: /^[ \t>*+\-\d.)]*$/.test(line) ? text.length : end };
}
