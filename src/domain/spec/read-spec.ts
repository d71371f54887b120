import { MAX_LINES, readMarkdown } from '../markdown/read-markdown.ts';
import { orderPhases } from './order-phases.ts';
import { splitPhases } from './phase-parts.ts';
import { readPhase } from './read-phase.ts';
import type { SpecFault, SpecReading } from './spec.ts';

/** In characters. */
const MAX_LENGTH = 256 * 1024;
const MAX_PHASES = 50;
const SPLIT = 'Keep the phases in it and move the rest to documents of their own.';

/** Reads a SPEC.md. All that is missing or could be understood in two ways is reported at once, in order of lines. */
export function readSpec(text: string): SpecReading {
  if (text.length > MAX_LENGTH) {
    return faulty([
      {
        line: 1,
        what: `the spec has more than ${MAX_LENGTH / 1024} KiB`,
        remedy: SPLIT,
      },
    ]);
  }
  const lines = text.split(/\r?\n/);
  if (lines.length > MAX_LINES) {
    return faulty([{ line: MAX_LINES, what: `the spec has more than ${MAX_LINES} lines`, remedy: SPLIT }]);
  }
  const faults: SpecFault[] = [];
  const blocks = readMarkdown(text);
  const { parts, faults: unclear } = splitPhases(blocks, lines.length);
  faults.push(...unclear, ...findOpenFence(blocks, lines));
  if (parts.length > MAX_PHASES) {
    faults.push({
      line: parts[MAX_PHASES]?.line ?? 1,
      what: `the spec has more than ${MAX_PHASES} phases`,
      remedy: 'Make two specs of it, one after the other.',
    });
  }
  const drafts = parts.slice(0, MAX_PHASES).flatMap((part) => {
    const section = lines
      .slice(part.line - 1, part.end - 1)
      .join('\n')
      .trimEnd();
    return readPhase(part, section, (fault) => faults.push(fault)) ?? [];
  });
  const phases = orderPhases(drafts, (fault) => faults.push(fault));
  return faults.length === 0 ? { kind: 'read', phases } : faulty(faults);
}

function faulty(faults: readonly SpecFault[]): SpecReading {
  return { kind: 'faulty', faults: faults.toSorted((left, right) => left.line - right.line) };
}

/** A fence that nobody closed swallows every phase below it. */
function findOpenFence(blocks: ReturnType<typeof readMarkdown>, lines: readonly string[]): SpecFault[] {
  const last = blocks.at(-1);
  if (last?.kind !== 'code' || !/^\s{0,3}(?:```|~~~)/.test(lines[last.line - 1] ?? '')) {
    return [];
  }
  const end = lines.findLast((line) => line.trim() !== '') ?? '';
  return /^\s{0,3}(?:`{3,}|~{3,})\s*$/.test(end) && lines.length > last.line
    ? []
    : [
        {
          line: last.line,
          what: 'a code block begins here and is never closed',
          remedy: 'Close it with a line of three backticks.',
        },
      ];
}
