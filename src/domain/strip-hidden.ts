import { decodeEntities } from './hidden/decode-entities.ts';
import { putCodeBack, setCodeAside } from './hidden/set-code-aside.ts';
import { stripDefinitions } from './hidden/strip-definitions.ts';
import { type Stripped, stripHtml } from './hidden/strip-html.ts';
import { countInvisible, toVisible } from './visible.ts';

/** What takes more passes than this is made to. */
const PASSES = 4;

/** What is left of signs that could begin something hidden. */
const OPENING = /(?<=<)(?=[a-z/!?])|(?<=\])(?=[:(])|(?<=&)(?=[a-z#])/gi;

/**
 * Markdown from a stranger as its reader on GitHub sees it, and how many parts of it no reader sees: comments, hidden
 * elements, attributes, unused definitions, invisible characters. Images and links stay, as text with their address;
 * code stays as it is. Doing it twice changes nothing more. Takes linear time.
 */
export function stripHidden(text: string): Stripped {
  let stripped: Stripped = { text: toVisible(text), parts: countInvisible(text) };
  for (let pass = 0; pass < PASSES; pass += 1) {
    const next = stripOnce(stripped.text);
    if (next.text === stripped.text) {
      return stripped;
    }
    stripped = { text: next.text, parts: stripped.parts + next.parts };
  }
  const rest = stripOnce(stripped.text);
  // Taking out goes on making something new to take out: that is no accident, and it ends here.
  return rest.text === stripped.text
    ? stripped
    : { text: rest.text.replaceAll(OPENING, ' '), parts: stripped.parts + rest.parts + 1 };
}

function stripOnce(text: string): Stripped {
  const { text: prose, codes } = setCodeAside(text, decodeEntities);
  const { text: shown, parts } = stripHtml(prose);
  const defined = stripDefinitions(shown);
  return { text: putCodeBack(defined.text, codes), parts: parts + defined.parts };
}
