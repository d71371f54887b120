import { z } from 'zod';
import type { Finding } from '../../domain/finding.ts';
import { advisorySchema, toFinding } from './advisory.ts';
import { type Report, ReportFault } from './report.ts';
import { bound, toMessage, toResults } from './scanner-results.ts';

/** A line of yarn 1: what is known, how much of it, what it says besides, and why it gave up. */
const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auditAdvisory'), data: z.object({ advisory: advisorySchema }) }),
  z.object({
    type: z.literal('auditSummary'),
    data: z.object({ vulnerabilities: z.record(z.string(), z.number()) }),
  }),
  z.object({ type: z.literal('error'), data: z.unknown() }),
  z.object({ type: z.enum(['info', 'warning']), data: z.unknown() }),
  // The profile's word for yarn 2 and later, which ended well and said nothing.
  z.object({ type: z.literal('nothing-known') }),
]);

/** A line of yarn 2 and later. */
const treeSchema = z.object({
  value: z.string(),
  children: z.object({
    Issue: z.string().default(''),
    URL: z.string().default(''),
    Severity: z.string(),
    'Vulnerable Versions': z.string().default(''),
  }),
});

type Line =
  | { readonly kind: 'found'; readonly finding: Finding }
  /** Somebody has answered. */
  | { readonly kind: 'answered' }
  | { readonly kind: 'said' };

/**
 * The known vulnerabilities that `yarn audit --json` or, from yarn 2 on, `yarn npm audit --json` has found.
 * @throws Error when it is none
 */
export function parseYarnAudit(text: string): Report {
  const lines = bound(text.split('\n').filter((line) => line.trim() !== '')).map(readLine);
  if (lines.every(({ kind }) => kind === 'said')) {
    throw new ReportFault('it does not say that anybody has answered');
  }
  return toResults(lines.flatMap((line) => (line.kind === 'found' ? [line.finding] : [])));
}

function readLine(text: string): Line {
  const written: unknown = JSON.parse(text);
  const tree = treeSchema.safeParse(written);
  if (tree.success) {
    const { Issue: title, URL: url, Severity: severity, 'Vulnerable Versions': range } = tree.data.children;
    const advisory = { module_name: tree.data.value, severity, vulnerable_versions: range, title, url };
    return { kind: 'found', finding: toFinding(advisory) };
  }
  const line = lineSchema.parse(written);
  if (line.type === 'error') {
    throw new ReportFault(`yarn says: ${toMessage(String(line.data))}`);
  }
  if (line.type === 'auditAdvisory') {
    return { kind: 'found', finding: toFinding(line.data.advisory) };
  }
  return { kind: line.type === 'auditSummary' || line.type === 'nothing-known' ? 'answered' : 'said' };
}
