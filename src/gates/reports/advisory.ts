import { z } from 'zod';
import { toDanger } from '../../domain/danger.ts';
import type { Finding } from '../../domain/finding.ts';
import { toMessage } from './scanner-results.ts';

/** What is known against a package, as npm's registry tells of it to pnpm and yarn 1. */
export const advisorySchema = z.object({
  module_name: z.string(),
  severity: z.string(),
  vulnerable_versions: z.string().default(''),
  patched_versions: z.string().nullish(),
  title: z.string().default(''),
  url: z.string().default(''),
});
export type Advisory = z.infer<typeof advisorySchema>;

/** No version is under this, by which registries say that none is mended. */
const NEVER = '<0.0.0';

export function toFinding(advisory: Advisory): Finding {
  const { module_name: name, severity, vulnerable_versions: range, patched_versions: patched } = advisory;
  const danger = toDanger(severity);
  const fix = patched === NEVER ? 'no version mends it yet' : `mended by ${patched ?? ''}`;
  return {
    message: toMessage(
      `${name} ${range}`.trim(),
      severity,
      `${advisory.title} ${advisory.url}`.trim(),
      (patched ?? '') === '' ? '' : fix,
    ),
    severity: 'error',
    ...(danger === undefined ? {} : { danger }),
  };
}
