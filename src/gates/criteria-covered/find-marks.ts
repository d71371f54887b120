import { linesOfTests } from '../parts/lines-of-tests.ts';
import { startsTest } from '../parts/test-files.ts';

/** `AC2`, `ac-2` and `test_ac2_`, also in `TestAC2Sum`; not `MAC2` or `AC21`. */
const CRITERION = /(?:(?<![A-Z0-9])AC|(?<![A-Za-z0-9])ac)[-_ ]?0{0,2}(\d{1,3})(?!\d)/g;
const POLICY = /polic(?:y|ies)/i;
/** Lines that name tests: their starts, what groups them, comments. A variable `policy` is none. */
const NAMING = /\b(?:describe|suite|context|class)\b|^\s{0,200}(?:#|\/\/|\*|\/\*|"""|@)/;

const MAX_LINE_LENGTH = 2_000;

/** What the added lines of a test file say they show. */
export interface Marks {
  /** The first line of a mark, by the number of its criterion. */
  readonly criteria: ReadonlyMap<number, number>;
  readonly policy: boolean;
}

/** Null when the file cannot be parsed. A list of criteria outside of tests shows nothing and is left out, and so is an empty test. */
export async function findMarks({
  path,
  text,
  added,
}: {
  readonly path: string;
  readonly text: string;
  /** Lines from 1. */
  readonly added: ReadonlySet<number>;
}): Promise<Marks | null> {
  const lines = text.split('\n').map((line) => line.slice(0, MAX_LINE_LENGTH));
  const told = await linesOfTests(path, text);
  if (told === null) {
    return null;
  }
  const own = [...lines.entries()].filter(([index]) => added.has(index + 1) && told.run.has(index));
  const criteria = new Map<number, number>();
  for (const [index, line] of own.toReversed()) {
    for (const [, number] of line.matchAll(CRITERION)) {
      criteria.set(Number(number), index + 1);
    }
  }
  return { criteria, policy: own.some(([, line]) => POLICY.test(path) || namesPolicy(line)) };
}

function namesPolicy(line: string): boolean {
  return POLICY.test(line) && (startsTest(line) || NAMING.test(line));
}
