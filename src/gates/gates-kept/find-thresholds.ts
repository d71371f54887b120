import { withoutComments } from '../parts/without-comments.ts';
import type { TextChange, Weakening } from './text-change.ts';

/** Numbers that must not sink: shares of covered code, under the names that tools give them. */
const FLOOR =
  /(?<![\w-])["']?(branches|functions|lines|statements|fail_under|fail-under|cov-fail-under|minimum_coverage|coverage_threshold|target)["']?\s{0,5}[:= ]\s{0,5}["']?(-?\d{1,9}(?:\.\d{1,9})?)/g;

/** Numbers that must not rise. */
const CEILING = /(?<![\w])--?(max-warnings)["']?[=\s,]{1,5}["']?(-?\d{1,9})/g;

/** The text without its thresholds and comments: what two texts have in common when only those differ. */
export function withoutThresholds(path: string, text: string): string {
  return withoutComments(path, text)
    .replaceAll(FLOOR, '$1')
    .replaceAll(CEILING, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

interface Numbers {
  readonly values: readonly number[];
  readonly lines: readonly number[];
}

/** Thresholds of a configuration or command that were lowered or taken out; for warnings, raised. */
export function findThresholds({ path, before, after }: TextChange): readonly Weakening[] {
  if (before === null) {
    return [];
  }
  const [old, now] = [before, after ?? ''].map((text) => withoutComments(path, text));
  return [
    ...compare(read(old ?? '', FLOOR), read(now ?? '', FLOOR), (was, is) => is < was),
    ...compare(
      read(old ?? '', CEILING),
      read(now ?? '', CEILING),
      (was, is) => is < 0 || (was >= 0 && is > was),
    ),
  ];
}

/** By name, in the order of the file: a name can stand for several parts of the code. */
function read(text: string, pattern: RegExp): ReadonlyMap<string, Numbers> {
  const found = new Map<string, { values: number[]; lines: number[] }>();
  let line = 1;
  let counted = 0;
  for (const { index, 1: name = '', 2: value = '' } of text.matchAll(pattern)) {
    line += text.slice(counted, index).split('\n').length - 1;
    counted = index;
    const numbers = found.get(name) ?? { values: [], lines: [] };
    numbers.values.push(Number(value));
    numbers.lines.push(line);
    found.set(name, numbers);
  }
  return found;
}

function compare(
  before: ReadonlyMap<string, Numbers>,
  after: ReadonlyMap<string, Numbers>,
  isWeaker: (was: number, is: number) => boolean,
): readonly Weakening[] {
  return [...before].flatMap(([name, { values }]) =>
    values.flatMap((was, index): Weakening[] => {
      const is = after.get(name)?.values[index];
      const line = after.get(name)?.lines[index];
      if (is === undefined) {
        return [{ message: `The limit \`${name}\` of ${was} is taken out.` }];
      }
      return isWeaker(was, is)
        ? [
            {
              message: `The limit \`${name}\` was ${was} and is now ${is}.`,
              ...(line === undefined ? {} : { line }),
            },
          ]
        : [];
    }),
  );
}
