import { type Figure, gainWords, valueWords } from '../domain/figure.ts';
import { newestAttempts } from '../domain/newest-attempts.ts';
import type { BegunRun } from '../domain/run.ts';
import { code } from './fence.ts';
import { inline } from './inline.ts';

/** More is in the check run. */
const MAX_ROWS = 20;
const MAX_NAME = 80;

/** What gates have measured before and after the change, as a section with a table for each; empty when none did. */
export function figuresSection(run: BegunRun): readonly string[] {
  const tables = newestAttempts(run).flatMap(({ head, outcome }) =>
    outcome.verdicts.flatMap(({ gate, verdict }) => {
      const figures = 'figures' in verdict ? (verdict.figures ?? []) : [];
      return figures.length === 0 ? [] : [toTable(figures, { gate, head })];
    }),
  );
  return tables.length === 0 ? [] : ['## Measured before and after', ...tables];
}

function toTable(
  figures: readonly Figure[],
  { gate, head }: { readonly gate: string; readonly head: string },
): string {
  const rows = figures.slice(0, MAX_ROWS).map((figure) => {
    const { name, unit, base, head: after } = figure;
    const cells = [name, valueWords(base, unit), valueWords(after, unit), gainWords(figure)];
    return `| ${cells.map((cell) => inline(cell, MAX_NAME)).join(' | ')} |`;
  });
  const left = figures.length - rows.length;
  return [
    `By ${inline(gate, 80)}, at ${code(head.slice(0, 7))}:`,
    '',
    '| Figure | Before | After | Change |',
    '|---|---|---|---|',
    ...rows,
    ...(left > 0 ? [`| … and ${left} more | | | |`] : []),
  ].join('\n');
}
