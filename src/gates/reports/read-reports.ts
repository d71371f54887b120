import type { Evidence } from '../../domain/evidence.ts';
import type { ReportFile } from '../../domain/report-file.ts';
import { parseReport } from './parse-report.ts';
import type { Report } from './report.ts';

/** A report that was read, with what it must say. */
export interface ReadReport {
  readonly file: ReportFile;
  readonly report: Report;
}

/** What came of looking for a report. */
export type Reading =
  | ({ readonly kind: 'read' } & ReadReport)
  /** The change itself brings it, so it says what its author wants. */
  | { readonly kind: 'forged'; readonly file: ReportFile }
  | { readonly kind: 'missing'; readonly file: ReportFile; readonly reason: string };

/** Reads the reports that a command has left behind. One that is part of the commit was not written by the command. */
export async function readReports(
  evidence: Evidence,
  files: readonly ReportFile[],
): Promise<readonly Reading[]> {
  return await Promise.all(files.map((file) => readOne(evidence, file)));
}

async function readOne(evidence: Evidence, file: ReportFile): Promise<Reading> {
  const { path, format } = file;
  if ((await evidence.readFile('head', path)) !== null) {
    return (await evidence.readFile('base', path)) === null
      ? { kind: 'forged', file }
      : { kind: 'missing', file, reason: `${path} is part of the base commit` };
  }
  const written = await evidence.readReport(path);
  switch (written.kind) {
    case 'absent':
      return { kind: 'missing', file, reason: `the command wrote no ${path}` };
    case 'refused':
      return { kind: 'missing', file, reason: written.reason };
    case 'read': {
      const parsed = parseReport(format, written.text, written.root);
      return parsed.kind === 'parsed'
        ? { kind: 'read', file, report: parsed.report }
        : { kind: 'missing', file, reason: `${path} is no ${format} report: ${parsed.reason}` };
    }
  }
}
