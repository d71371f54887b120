import { z } from 'zod';
import type { Report } from './report.ts';
import { bound, toMessage, toResults } from './scanner-results.ts';

const reportSchema = z.object({ dependencies: z.array(z.unknown()) });

const dependencySchema = z.object({
  name: z.string(),
  version: z.string().default(''),
  /** Why it was left out: then nobody has looked at it. */
  skip_reason: z.string().optional(),
  vulns: z
    .array(
      z.object({
        id: z.string(),
        aliases: z.array(z.string()).default([]),
        fix_versions: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

/**
 * The known vulnerabilities that `pip-audit --format json` has found. It does not say how bad they are.
 * @throws Error when it is none
 */
export function parsePipAudit(text: string): Report {
  const { dependencies } = reportSchema.parse(JSON.parse(text));
  return toResults(
    bound(dependencies).flatMap((dependency) => {
      const { name, version, vulns, skip_reason: skipped } = dependencySchema.parse(dependency);
      const found = vulns.map(({ id, aliases, fix_versions: fixes }) => {
        const mended =
          fixes.length === 0 ? 'no version mends it yet' : `mended in ${fixes.slice(0, 5).join(', ')}`;
        const names = [id, ...aliases.slice(0, 3)].join(', ');
        return {
          message: toMessage(`${name} ${version}`, `${names}; ${mended}`),
          severity: 'error' as const,
        };
      });
      return skipped === undefined
        ? found
        : [
            ...found,
            { message: toMessage(`${name} was not audited`, skipped), severity: 'warning' as const },
          ];
    }),
  );
}
