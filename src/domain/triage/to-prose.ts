/** More than this many characters of a text are never looked at. */
const WINDOW = 20_000;

/**
 * What somebody wrote in their own words: Markdown without code, quotes, comments, headings, open checkboxes, addresses
 * and the like, in one case and without invisible characters. Takes time in proportion to the length.
 */
export function toProse(markdown: string): string {
  const lines = withoutComments(toPlain(markdown.slice(0, WINDOW))).split('\n');
  return withoutCode(lines)
    .filter((line) => !isForm(line))
    .join('\n')
    .replaceAll(/`[^`\n]*`/g, ' | ')
    .replaceAll(/https?:\/\/\S+/g, ' | ')
    .replaceAll(/<[^<>\n]{0,200}>/g, ' ');
}

/** The same letters for the same text, however it was typed. Upper case comes first: some letters only meet there. */
function toPlain(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toUpperCase()
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\t\p{Zs}]/gu, ' ');
}

/** A comment that nobody closed hides the rest, as it does on GitHub. */
function withoutComments(text: string): string {
  const [before = '', ...comments] = text.split('<!--');
  return [before, ...comments.map(afterComment)].join('');
}

function afterComment(comment: string): string {
  const end = comment.indexOf('-->');
  return end === -1 ? '' : comment.slice(end + '-->'.length);
}

/** Without fenced and indented blocks. A fence that nobody closed reaches to the end. */
function withoutCode(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let fence: string | undefined;
  let indentedIsCode = true;
  for (const line of lines) {
    const marker = /^ {0,3}(`{3}|~{3})/.exec(line)?.[1];
    if (fence !== undefined || marker !== undefined) {
      fence = nextFence(fence, marker);
      kept.push('');
      continue;
    }
    const isCode: boolean = indentedIsCode && line.startsWith('    ');
    kept.push(isCode ? '' : line);
    // Inside a paragraph or a list, an indented line goes on with it.
    indentedIsCode = isCode || line.trim() === '';
  }
  return kept;
}

/** The fence that is open after a line: only its own kind closes it. */
function nextFence(open: string | undefined, marker: string | undefined): string | undefined {
  if (open === undefined) {
    return marker;
  }
  return open === marker ? undefined : open;
}

/** What a template or somebody else put there: headings, also bold ones, quotes, open checkboxes, "no answer". */
function isForm(line: string): boolean {
  const text = line.trim();
  return (
    /^(?:#{1,6} |>|[-*] \[ \])/.test(text) ||
    (text.startsWith('**') && /\*\*:?$/.test(text)) ||
    text === '_no response_'
  );
}
