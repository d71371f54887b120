import type { ReportFile } from '../../domain/report-file.ts';
import { parseBandit } from './parse-bandit.ts';
import { parseCobertura } from './parse-cobertura.ts';
import { parseGoCover } from './parse-go-cover.ts';
import { parseGoTest } from './parse-go-test.ts';
import { parseJunit } from './parse-junit.ts';
import { parseLcov } from './parse-lcov.ts';
import { parseNpmAudit } from './parse-npm-audit.ts';
import { parsePipAudit } from './parse-pip-audit.ts';
import { parsePnpmAudit } from './parse-pnpm-audit.ts';
import { parseSarif } from './parse-sarif.ts';
import { parseYarnAudit } from './parse-yarn-audit.ts';
import type { Report } from './report.ts';

const PARSERS: Readonly<Record<ReportFile['format'], (text: string, root: string) => Report>> = {
  junit: parseJunit,
  'go-test': parseGoTest,
  sarif: parseSarif,
  lcov: parseLcov,
  cobertura: parseCobertura,
  'go-cover': parseGoCover,
  bandit: parseBandit,
  'pip-audit': parsePipAudit,
  'npm-audit': parseNpmAudit,
  'pnpm-audit': parsePnpmAudit,
  'yarn-audit': parseYarnAudit,
};

const MAX_REASON = 300;

export type ParsedReport =
  | { readonly kind: 'parsed'; readonly report: Report }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a report that the code under judgement may have written. Never throws, and takes time in proportion to the text. */
export function parseReport(format: ReportFile['format'], text: string, root: string): ParsedReport {
  try {
    return { kind: 'parsed', report: PARSERS[format](text, root) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', reason: reason.slice(0, MAX_REASON) };
  }
}
