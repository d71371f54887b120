import type { SourceImport } from './source-import.ts';

/** Longest part of a line that is read. */
const MAX_LINE_LENGTH = 2_000;

const FROM = /^\s{0,200}from\s{1,20}(\.{0,20}[\w.]{0,300})\s{1,20}import\b/;
const IMPORT = /^\s{0,200}import\s{1,20}([\w., \t]{1,1000})/;
const QUOTES = /'''|"""/;

/** Reads what a Python file imports, by the statements that begin a line, outside of long strings. */
export function readPythonImports(text: string): readonly SourceImport[] {
  const imports: SourceImport[] = [];
  let quotes: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const content = line.slice(0, MAX_LINE_LENGTH);
    if (quotes === null) {
      imports.push(...toSpecifiers(content).map((specifier) => ({ specifier, line: index + 1 })));
    }
    quotes = afterLine(content, quotes);
  }
  return imports;
}

function toSpecifiers(line: string): readonly string[] {
  const from = FROM.exec(line)?.[1];
  if (from !== undefined) {
    return from === '' ? [] : [from];
  }
  const names = IMPORT.exec(line)?.[1] ?? '';
  return names
    .split(',')
    .map((name) => name.trim().split(/\s/)[0] ?? '')
    .filter((name) => /^[A-Za-z_][\w.]*$/.test(name));
}

/** The quotes of the string that goes on behind the line; null when none does. */
function afterLine(line: string, quotes: string | null): string | null {
  let open = quotes;
  for (let rest = line; ; ) {
    const found = open === null ? (QUOTES.exec(beforeComment(rest))?.[0] ?? null) : open;
    const at = found === null ? -1 : rest.indexOf(found);
    if (found === null || at === -1) {
      return open;
    }
    rest = rest.slice(at + found.length);
    open = open === null ? found : null;
  }
}

/** Quotes in a comment open nothing. A `#` in a short string cuts too early, which opens too little, never too much. */
function beforeComment(text: string): string {
  const hash = text.indexOf('#');
  return hash === -1 ? text : text.slice(0, hash);
}
