/** More than this many characters at the start of a comment are never looked at. */
const WINDOW = 16_384;

/** Nor are more lines than these, blank ones included. */
const MAX_LINES = 64;

/** Four columns of indentation make code of a line. */
const MAX_INDENT = 3;

/** A line of a comment which starts with a slash, in two parts. */
export interface CommandLine {
  /** The first word, such as `/baton`. */
  readonly head: string;
  /** The rest with spaces made plain, trimmed. */
  readonly rest: string;
}

/**
 * The lines which may be commands: those that start with a slash, from the first line with any text up to the first
 * line that does not. Quotes, code, HTML and everything after prose are other lines, so they never act.
 */
export function readCommandLines(body: string): readonly CommandLine[] {
  const found: CommandLine[] = [];
  for (const line of linesOf(body)) {
    const text = toPlain(line);
    if (text.trim() === '' && found.length === 0) {
      continue;
    }
    const start = text.length - text.trimStart().length;
    if (start > MAX_INDENT || text[start] !== '/') {
      break;
    }
    found.push(toCommandLine(text.trim()));
  }
  return found;
}

function linesOf(body: string): readonly string[] {
  const lines = body.slice(0, WINDOW).split(/\r\n|\r|\n/, MAX_LINES);
  // A line that the window cuts would act with half of its words.
  return body.length > WINDOW ? lines.slice(0, -1) : lines;
}

/** Without invisible characters at the start, and with plain spaces. A leading tab stays as wide as code. */
function toPlain(line: string): string {
  return line
    .replace(/^[\u00AD\u061C\u180E\u200B-\u200F\u2060-\u2064\uFEFF]+/, '')
    .replace(/^\t/, '    ')
    .replaceAll(/[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ');
}

function toCommandLine(text: string): CommandLine {
  const end = text.indexOf(' ');
  return end === -1
    ? { head: text, rest: '' }
    : { head: text.slice(0, end), rest: text.slice(end + 1).trim() };
}
