import { findLineTests } from '../test-blocks/find-line-tests.ts';
import { readPythonTests } from '../test-blocks/read-python-tests.ts';
import { readScriptTests } from '../test-blocks/read-script-tests.ts';
import type { TestBlock } from '../test-blocks/test-block.ts';
import { isComment } from './is-comment.ts';

/** How many lines above its first line a test may be spoken of: a comment, what groups it. */
const LINES_ABOVE = 3;

/** A block by its lines, from 0. */
interface Lines extends Pick<TestBlock, 'kind' | 'isRun'> {
  readonly first: number;
  readonly last: number;
}

/** Lines of a file of tests, from 0. */
interface TestLines {
  /** What says something of a test which always runs and is not empty: another passes whatever the code does. */
  readonly run: ReadonlySet<number>;
  /** What is in another test. */
  readonly idle: ReadonlySet<number>;
}

/** Null when the file cannot be parsed. */
export async function linesOfTests(path: string, text: string): Promise<TestLines | null> {
  const read = await readBlocks(path, text);
  if (read === null) {
    return null;
  }
  const blocks = toLines(read, text);
  const tests = blocks.filter(({ kind, isRun }) => kind === 'test' && isRun);
  const told = spread(tests);
  const around = linesAround(tests, {
    lines: text.split('\n'),
    ends: new Set(blocks.map(({ last }) => last)),
  });
  const off = spread(blocks.filter(({ isRun }) => !isRun));
  const all = spread(blocks.filter(({ kind }) => kind === 'test'));
  return {
    run: new Set([...told, ...around].filter((line) => !off.has(line))),
    idle: new Set([...all].filter((line) => off.has(line))),
  };
}

function readBlocks(path: string, text: string): Promise<readonly TestBlock[] | null> {
  if (/\.[cm]?[jt]sx?$/.test(path)) {
    return readScriptTests(path, text);
  }
  return path.endsWith('.py') ? readPythonTests(text) : Promise.resolve(findLineTests(text));
}

/** In one walk over the text, however many blocks there are. */
function toLines(blocks: readonly TestBlock[], text: string): readonly Lines[] {
  const offsets = blocks.flatMap(({ start, end }) => [start, Math.max(start, end - 1)]);
  const lines = new Map<number, number>();
  let [at, line] = [0, 0];
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    for (let next = text.indexOf('\n', at); next !== -1 && next < offset; next = text.indexOf('\n', at)) {
      at = next + 1;
      line += 1;
    }
    lines.set(offset, line);
  }
  return blocks.map(({ kind, isRun, start, end }) => {
    const first = lines.get(start) ?? 0;
    return { kind, isRun, first, last: lines.get(Math.max(start, end - 1)) ?? first };
  });
}

/** All lines of some blocks. What lies in another is gone through once. */
function spread(blocks: readonly Lines[]): ReadonlySet<number> {
  const found = new Set<number>();
  let next = 0;
  for (const { first, last } of blocks.toSorted((a, b) => a.first - b.first)) {
    for (let line = Math.max(first, next); line <= last; line += 1) {
      found.add(line);
    }
    next = Math.max(next, last + 1);
  }
  return found;
}

interface Around {
  readonly lines: readonly string[];
  /** Where blocks end: what is above that is of another. */
  readonly ends: ReadonlySet<number>;
}

/** A few lines above a test, and comments below it that are deeper than its start. */
function linesAround(tests: readonly Lines[], { lines, ends }: Around): readonly number[] {
  const found: number[] = [];
  for (const { first, last } of tests) {
    for (let line = first - 1; line >= Math.max(0, first - LINES_ABOVE) && !ends.has(line); line -= 1) {
      found.push(line);
    }
    const indent = indentOf(lines[first] ?? '');
    for (let line = last + 1; isDeeperComment(lines[line] ?? '', indent); line += 1) {
      found.push(line);
    }
  }
  return found;
}

function isDeeperComment(line: string, indent: number): boolean {
  return isComment(line) && indentOf(line) > indent;
}

function indentOf(line: string): number {
  return line.search(/\S/);
}
