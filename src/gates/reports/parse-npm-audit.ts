import { z } from 'zod';
import { toDanger } from '../../domain/danger.ts';
import { type Report, ReportFault } from './report.ts';
import { bound, toMessage, toResults } from './scanner-results.ts';

const reportSchema = z.object({ vulnerabilities: z.record(z.string(), z.unknown()) });

/** What it writes when nobody has answered it, or not as it expects. */
const complaintSchema = z.object({ message: z.string().min(1) });

const vulnerabilitySchema = z.object({
  severity: z.string(),
  range: z.string().default(''),
  /** Advisories, or names of the packages by which it is reached. */
  via: z
    .array(z.union([z.string(), z.object({ title: z.string().optional(), url: z.string().optional() })]))
    .default([]),
  fixAvailable: z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]).default(false),
});

/**
 * The known vulnerabilities that `npm audit --json` has found, from npm 7 on.
 * @throws Error when it is none
 */
export function parseNpmAudit(text: string): Report {
  const written: unknown = JSON.parse(text);
  const complaint = complaintSchema.safeParse(written);
  if (complaint.success) {
    throw new ReportFault(`npm says: ${toMessage(complaint.data.message)}`);
  }
  const { vulnerabilities } = reportSchema.parse(written);
  return toResults(
    bound(Object.entries(vulnerabilities)).map(([name, one]) => {
      const { severity, range, via, fixAvailable } = vulnerabilitySchema.parse(one);
      const danger = toDanger(severity);
      const why = via
        .slice(0, 3)
        .map((reason) =>
          typeof reason === 'string' ? `by ${reason}` : [reason.title, reason.url].filter(Boolean).join(' '),
        )
        .join('; ');
      return {
        message: toMessage(`${name} ${range}`, severity, why, toFix(fixAvailable)),
        severity: 'error' as const,
        ...(danger === undefined ? {} : { danger }),
      };
    }),
  );
}

function toFix(fix: boolean | { readonly name: string; readonly version: string }): string {
  if (typeof fix === 'object') {
    return `mended by ${fix.name} ${fix.version}`;
  }
  return fix ? 'an update mends it' : 'no version mends it yet';
}
