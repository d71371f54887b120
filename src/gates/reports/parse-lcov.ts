import { type Report, ReportFault } from './report.ts';

/** One file of the report. */
interface Section {
  /** Whether each line was run, by its number. */
  readonly lines: Map<string, boolean>;
  found: number;
  hit: number;
}

/**
 * Counts the lines of an LCOV report one by one, each once per file. A file of which only sums are given counts by those.
 * @throws ReportFault
 */
export function parseLcov(text: string): Report {
  let [lines, covered, files] = [0, 0, 0];
  let section = newSection();
  for (const line of text.split('\n')) {
    if (line.startsWith('SF:')) {
      files += 1;
      section = newSection();
    } else if (line.startsWith('end_of_record')) {
      const counted = count(section);
      lines += counted.lines;
      covered += counted.covered;
      section = newSection();
    } else {
      readLine(section, line);
    }
  }
  if (files === 0) {
    throw new ReportFault('it names no source file');
  }
  return { kind: 'coverage', covered, lines };
}

function newSection(): Section {
  return { lines: new Map(), found: 0, hit: 0 };
}

function readLine(section: Section, line: string): void {
  const value = line.slice(3).trim();
  if (line.startsWith('DA:')) {
    const [number = '', hits = ''] = value.split(',', 2);
    section.lines.set(number, section.lines.get(number) === true || Number(hits) > 0);
  } else if (line.startsWith('LF:')) {
    section.found = toCount(value);
  } else if (line.startsWith('LH:')) {
    section.hit = toCount(value);
  }
}

function count({ lines, found, hit }: Section): { readonly lines: number; readonly covered: number } {
  return lines.size === 0
    ? { lines: found, covered: Math.min(found, hit) }
    : { lines: lines.size, covered: [...lines.values()].filter(Boolean).length };
}

function toCount(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}
