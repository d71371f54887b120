import type { Stripped } from './strip-html.ts';

/** `[label]: address "title"` and `[^label]: a note`, up to the end of the line; a title may be on the next. */
const DEFINITION =
  /^ {0,3}\[(?<label>[^[\]\n]{1,999})\]:(?<rest>[^\n]*)(?<title>\n[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\))[ \t]*$)?/gm;

const LABEL = /\[([^[\]\n]{1,999})\]/g;

/** A link's own title, which is shown to nobody who does not point at it. */
const TITLE = /(?<=\]\([^\s()]{0,1000}) +(?:"[^"\n]*"|'[^'\n]*')(?=\s{0,5}\))/g;

/** Prose without definitions of links and notes that nothing in it uses, and without titles of links. */
export function stripDefinitions(text: string): Stripped {
  const uses = countLabels(text);
  let parts = 0;
  const defined = text.replaceAll(DEFINITION, (whole, ...captured: readonly unknown[]) => {
    const { label, rest } = toGroups(captured.at(-1));
    const [address = ''] = rest.trim().split(/\s/, 1);
    const isUsed = (uses.get(toKey(label)) ?? 0) > 1;
    const kept = label.startsWith('^') ? whole : `[${label}]: ${address}`;
    const bare = isUsed ? kept : '';
    parts += bare.trim() === whole.trim() ? 0 : 1;
    return bare.trim() === whole.trim() ? whole : bare;
  });
  const untitled = defined.replaceAll(TITLE, () => {
    parts += 1;
    return '';
  });
  return { text: untitled, parts };
}

function countLabels(text: string): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const [, label = ''] of text.matchAll(LABEL)) {
    const key = toKey(label);
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return uses;
}

function toKey(label: string): string {
  return label.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

function toGroups(groups: unknown): { readonly label: string; readonly rest: string } {
  const { label = '', rest = '' } = Object(groups);
  return { label: String(label), rest: String(rest) };
}
