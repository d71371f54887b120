import {
  isInside,
  type SourceCall,
  type SourceFacts,
  type SourceText,
  within,
} from '../source/source-facts.ts';

/** What makes a text of it, which is all that there is of a name. */
export const PRINTS = /(?:^|\.)(?:str|String|format)$/;
/** Takes a format as a log statement does, but for the method of a text itself: `"built {}".format(profile)`. */
const FORMATS = /^(?![A-Za-z]{0,2}["'(])(?:.*\.)?format$/;
/** Where only a first argument can be a format: what comes after another value is printed with all that it has. */
const FIRST_ONLY = /^console\.|(?:^|\.)format$/;
/** Each takes one argument. `%%` takes none. */
const PLACEHOLDERS = /%([sdifjoOcr%])/g;
/** Those that print a text or a number. Others print all of an object: `%j`, `%o`, `%r`. */
const OF_TEXT = /^[sdi]$/;

/** Whether only the text of a value stands in a message: `built ${profile}`, `"built %s", profile`. */
export function findPrinted(
  facts: Pick<SourceFacts, 'texts'>,
  statement: SourceCall,
  calls: readonly SourceCall[],
): (value: SourceText) => boolean {
  const texts = within(facts.texts, statement);
  const messages = texts.filter(({ text }) => text.includes('{}'));
  const prints = calls.filter(({ callee }) => PRINTS.test(callee) && !FORMATS.test(callee));
  const formats = calls.filter(({ callee }) => FORMATS.test(callee));
  const formatted = new Set([statement, ...formats].flatMap((call) => findFormatted(call, texts).map(toKey)));
  return (value) =>
    formatted.has(toKey(value)) || [...messages, ...prints].some((one) => isInside(value, one));
}

type Argument = SourceCall['positional'][number];

/** The arguments that the format of a call has a placeholder of a text for. */
function findFormatted(
  { callee, positional }: SourceCall,
  texts: readonly SourceText[],
): readonly Argument[] {
  const read = positional.map((argument) => readText(argument, texts));
  const at = FIRST_ONLY.test(callee) ? 0 : read.findIndex((text) => text !== null);
  const placeholders = [...(read[at] ?? '').matchAll(PLACEHOLDERS)].filter(([, letter]) => letter !== '%');
  return positional.slice(at + 1).filter((_, nth) => OF_TEXT.test(placeholders[nth]?.[1] ?? ''));
}

/** Also of one that is written in several pieces; null when the argument is no text. */
function readText(argument: Argument, texts: readonly SourceText[]): string | null {
  const pieces = within(texts, argument);
  const isText = pieces.at(0)?.start === argument.start && pieces.at(-1)?.end === argument.end;
  return isText ? pieces.map(({ text }) => text).join('') : null;
}

function toKey({ start, end }: Argument): string {
  return `${start}-${end}`;
}
