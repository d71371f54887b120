import { z } from 'zod';

/** A number that a benchmark has printed. Times are in milliseconds. */
export interface Reading {
  readonly unit: string;
  readonly value: number;
}

const MAX_FIGURES = 50;
const MAX_NAME = 80;

/** Milliseconds in one of each unit of time. */
const TIMES = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['min', 60_000],
]);

/** `name: 12.3 ms`. Only these units: a log has many lines with a colon and a number. */
const LINE =
  /^\s{0,20}(?<name>[^\s:][^:]{0,79}?)\s{0,5}:\s{0,20}(?<value>\d{1,15}(?:\.\d{1,15})?)\s{0,5}(?<unit>ns|us|µs|ms|s|min|B|KB|KiB|MB|MiB|GB|GiB|rows|pages|(?:ops|req|rows)\/s)\s{0,20}$/u;

const objectSchema = z.record(z.string().min(1).max(MAX_NAME), z.number().nonnegative());

/** The figures in the output of a benchmark: a JSON object of numbers in the last line, else all lines of the form. */
export function readFigures(output: string): ReadonlyMap<string, Reading> {
  const lines = output
    .replaceAll(/\p{Cc}\[[\d;]{0,20}m/gu, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const listed = readObject(lines.at(-1) ?? '') ?? lines.flatMap(readLine);
  return new Map(listed.slice(0, MAX_FIGURES));
}

/** Null when the line is no such object. */
function readObject(line: string): readonly (readonly [string, Reading])[] | null {
  try {
    const parsed = objectSchema.safeParse(JSON.parse(line));
    return parsed.success
      ? Object.entries(parsed.data).map(([name, value]) => [name, { unit: '', value }])
      : null;
  } catch {
    return null;
  }
}

function readLine(line: string): readonly (readonly [string, Reading])[] {
  const { name = '', value = '', unit = '' } = LINE.exec(line)?.groups ?? {};
  const factor = TIMES.get(unit);
  if (name === '') {
    return [];
  }
  const reading =
    factor === undefined ? { unit, value: Number(value) } : { unit: 'ms', value: Number(value) * factor };
  return [[name, reading]];
}
