import type { ParseResult } from 'oxc-parser';
import { parseScript } from '../parts/parse-script.ts';
import type { SourceImport } from './source-import.ts';

/** `require('./a')` and its relatives, which the parser does not list. Only literals can be known. */
const REQUIRE = /(?<![\w$.])require(?:\.resolve)?\(\s{0,20}(['"])([^'"\n]{1,300})\1\s{0,20}[,)]/g;

/** Reads what a JavaScript or TypeScript file imports; null when it cannot be parsed. */
export async function readScriptImports(path: string, text: string): Promise<readonly SourceImport[] | null> {
  const parsed = await parseScript(path, text);
  if (parsed === null) {
    return null;
  }
  const lineAt = toLineCounter(text);
  return [...toStatic(parsed), ...toDynamic(parsed, text), ...toRequired(parsed, text)]
    .toSorted((a, b) => a.start - b.start)
    .map(({ specifier, start }) => ({ specifier, line: lineAt(start) }));
}

interface Spot {
  readonly specifier: string;
  readonly start: number;
}

function toStatic({ module }: ParseResult): readonly Spot[] {
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
  );
  const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest);
  const spots = [...imported, ...exported].map(({ value, start }) => ({ specifier: value, start }));
  // `export { a, b } from './c'` names it for each.
  return [...new Map(spots.map((spot) => [spot.start, spot])).values()];
}

function toDynamic({ module }: ParseResult, text: string): readonly Spot[] {
  return module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const literal = /^(['"`])([^'"`$\n]{1,300})\1$/.exec(text.slice(start, Math.min(end, start + 400)));
    return literal?.[2] === undefined ? [] : [{ specifier: literal[2], start }];
  });
}

function toRequired({ comments }: ParseResult, text: string): readonly Spot[] {
  const spots = Array.from(text.matchAll(REQUIRE), ({ index, 2: specifier = '' }) => ({
    specifier,
    start: index,
  }));
  let at = 0;
  // Both are in the order of the file.
  return spots.filter(({ start }) => {
    while ((comments[at]?.end ?? Number.POSITIVE_INFINITY) <= start) {
      at += 1;
    }
    return start < (comments[at]?.start ?? Number.POSITIVE_INFINITY);
  });
}

/** Lines of places that are asked for in order. */
function toLineCounter(text: string): (offset: number) => number {
  let [line, at] = [1, 0];
  return (offset) => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < offset; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}
