import { type Figure, figureWords, gainWords, toGain, toSlowdown, valueWords } from '../../domain/figure.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Verdict } from '../../domain/verdict.ts';

/** What is asked of figures. */
export interface Limits {
  /** Those that count; all when absent. */
  readonly figures?: readonly string[] | undefined;
  /** In percent. */
  readonly maxSlowdown: number;
  /** As a factor. */
  readonly minSpeedup?: number | undefined;
  /** The most that a figure may be, by its name. */
  readonly targets?: Readonly<Record<string, number>>;
  /** In percent; above it a person has to look. */
  readonly holdAbove?: number | undefined;
}

/** Figures named in a summary. */
const SUMMED_UP = 3;

/** Whether the figures that count are good enough. New ones have nothing to be compared with. */
export function judgeFigures(
  figures: readonly Figure[],
  limits: Limits,
): Extract<Verdict, { kind: 'pass' | 'fail' }> {
  const { figures: named } = limits;
  const counting = figures.filter(({ name, base }) =>
    named === undefined ? base !== null : named.includes(name),
  );
  const absent = (named ?? []).filter((name) => !counting.some((figure) => figure.name === name));
  const findings = [
    ...absent.map((name) => toFinding(`The benchmark prints no figure ${name} in each measurement.`)),
    ...counting.flatMap((figure) => findSlowdown(figure, limits)),
    ...findMissedSpeedup(counting, limits),
    ...findUnmeasured(figures, limits),
    ...findOver(figures, limits),
  ];
  const summary = counting
    .toSorted((one, other) => (toGain(one) ?? 0) - (toGain(other) ?? 0))
    .slice(0, SUMMED_UP)
    .map(figureWords)
    .join('; ');
  return findings.length === 0
    ? { kind: 'pass', summary: `${summary}.` }
    : { kind: 'fail', summary: `Not as fast as asked: ${summary}.`, findings };
}

function findSlowdown(figure: Figure, { maxSlowdown }: Limits): Finding[] {
  const gain = toGain(figure);
  if (gain === null) {
    return [toFinding(`${figure.name} is not measured on both sides: ${figureWords(figure)}.`)];
  }
  return toSlowdown(gain) > maxSlowdown
    ? [toFinding(`${figureWords(figure)}; at most ${maxSlowdown} % is allowed.`)]
    : [];
}

/** Each of those that are named must be that much better; when none is named, the best one. */
function findMissedSpeedup(counting: readonly Figure[], { figures, minSpeedup }: Limits): Finding[] {
  if (minSpeedup === undefined) {
    return [];
  }
  const missed = counting.filter((figure) => (toGain(figure) ?? 0) < minSpeedup);
  const isMissed = figures === undefined ? missed.length === counting.length : missed.length > 0;
  return isMissed
    ? missed.map((figure) => toFinding(`${figureWords(figure)}; it must become ${minSpeedup} times better.`))
    : [];
}

/** A target that nothing is held against is not kept, as when its figure is gone or has another unit now. */
function findUnmeasured(figures: readonly Figure[], { targets = {} }: Limits): Finding[] {
  return Object.entries(targets)
    .filter(([wanted]) => !figures.some(({ name, head }) => name === wanted && head !== null))
    .map(([name, most]) =>
      toFinding(
        `The benchmark prints no figure ${name}, whose target is ${most}: let it print a line such as \`${name}: 12.3 ms\`.`,
      ),
    );
}

/** Those that are over what they may be. */
export function listOver(figures: readonly Figure[], { targets = {} }: Limits): readonly Figure[] {
  return Object.entries(targets).flatMap(([name, most]) =>
    figures.filter((figure) => figure.name === name && (figure.head ?? 0) > most),
  );
}

function findOver(figures: readonly Figure[], limits: Limits): Finding[] {
  return listOver(figures, limits).map(({ name, unit, head }) =>
    toFinding(
      `${name} is ${valueWords(head, unit)}; its target is ${valueWords(limits.targets?.[name] ?? null, unit)}.`,
    ),
  );
}

/** The figures that became so much worse that mending is not for an agent to decide. */
export function findSteep(figures: readonly Figure[], { holdAbove }: Limits): Finding[] {
  return holdAbove === undefined
    ? []
    : figures
        .filter((figure) => toSlowdown(toGain(figure) ?? 1) > holdAbove)
        .map((figure) => toFinding(`${figureWords(figure)}; above ${holdAbove} % a person decides.`));
}

function toFinding(message: string): Finding {
  return { message, severity: 'error' };
}

/** All figures as columns of plain text. */
export function toTable(
  figures: readonly Figure[],
  { command, times }: { readonly command: string; readonly times: number },
): string {
  const rows = [
    ['figure', 'before', 'after', 'change'],
    ...figures.map((figure) => [
      figure.name,
      valueWords(figure.base, figure.unit),
      valueWords(figure.head, figure.unit),
      gainWords(figure),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const how = times === 1 ? 'once on each commit' : `medians of ${times} on each commit, in turn`;
  return [`$ ${command}  (${how})`, ...lines].join('\n');
}
