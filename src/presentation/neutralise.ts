import { toVisible } from '../domain/visible.ts';

/** A character reference could spell anything below; `&amp;` can only spell an ampersand. */
const ENTITY = /&(?!amp;)(?=(?:#\d{1,8}|#x[0-9a-f]{1,8}|[a-z][a-z0-9]{1,31});)/gi;

/** A tag, comment, declaration or autolink starts so; with a space behind the bracket it is text. */
const TAG = /<(?=[a-z/!?])/gi;

/** An image would be fetched when the text is read; with a space it is a link behind an exclamation mark. */
const IMAGE = /!(?=\[)/g;

/** A mention; an e-mail address has a letter or digit before its sign. */
const MENTION = /(?<![a-z0-9])@(?=[a-z0-9])/gi;

/** A keyword with which GitHub closes an issue, what may stand between, and the reference. */
const CLOSING = new RegExp(
  [
    '(?<![a-z0-9])(close[sd]?|fix(?:e[sd])?|resolve[sd]?)',
    '([^a-z0-9]*(?=#\\d)|[^a-z0-9]+(?=gh-\\d|[a-z0-9][\\w.-]{0,38}/[\\w.-]{1,100}#\\d|https?://))',
  ].join(''),
  'gi',
);

/** A slash command of any bot stands at the start of a line. */
const SLASH = /^([\t\p{Zs}>]*)\/(?=[a-z])/gimu;

/**
 * Untrusted Markdown made harmless: nobody is mentioned, no issue is closed, no command is given, nothing is hidden,
 * fetched or taken for HTML (our own markers included). It reads the same but for a few added spaces, also inside code:
 * which text is code is decided by GitHub's parser, and a second parser that disagrees would be a way around.
 * Neutralising twice changes nothing more. Takes linear time.
 */
export function neutralise(text: string): string {
  return (
    toVisible(text)
      .replaceAll(ENTITY, '&amp;')
      // Before the rest, because the word that it adds may come to stand behind one of their signs.
      .replaceAll(CLOSING, (_, keyword: string, gap: string) => `${keyword}${gap === '' ? ' ' : gap}issue `)
      .replaceAll(TAG, '< ')
      .replaceAll(IMAGE, '! ')
      .replaceAll(MENTION, '@ ')
      .replaceAll(SLASH, String.raw`$1\/`)
  );
}
