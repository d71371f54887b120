import { z } from 'zod';
import { advisorySchema, toFinding } from './advisory.ts';
import { type Report, ReportFault } from './report.ts';
import { bound, toMessage, toResults } from './scanner-results.ts';

/** The counts are written only when somebody has answered. */
const reportSchema = z.object({
  advisories: z.record(z.string(), z.unknown()),
  metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()) }),
});

const complaintSchema = z.object({ error: z.object({ message: z.string() }) });

/**
 * The known vulnerabilities that `pnpm audit --json` has found.
 * @throws Error when it is none
 */
export function parsePnpmAudit(text: string): Report {
  const written: unknown = JSON.parse(text);
  const complaint = complaintSchema.safeParse(written);
  if (complaint.success) {
    throw new ReportFault(`pnpm says: ${toMessage(complaint.data.error.message)}`);
  }
  const { advisories, metadata } = reportSchema.parse(written);
  const found = bound(Object.values(advisories));
  const counted = Object.values(metadata.vulnerabilities).reduce((sum, one) => sum + one, 0);
  if (found.length === 0 && counted > 0) {
    throw new ReportFault(`it counts ${counted} vulnerabilities and names none`);
  }
  return toResults(found.map((one) => toFinding(advisorySchema.parse(one))));
}
