import { z } from 'zod';
import { figureSchema } from './figure.ts';
import { findingSchema } from './finding.ts';
import { gateModeSchema } from './gate-mode.ts';

const tallySchema = z.object({
  tests: z.int().nonnegative().optional(),
  coveredLines: z.int().nonnegative().optional(),
  lines: z.int().nonnegative().optional(),
});
export type Tally = z.infer<typeof tallySchema>;

const measured = {
  /** What was measured before and after. */
  figures: z.array(figureSchema).optional(),
  /** What the reports of its command counted. */
  tally: tallySchema.optional(),
  /** It depends on more than the commit, such as what is known today of the packages that it names. */
  ofItsDay: z.literal(true).optional(),
};

/**
 * What a gate said. `broke` means the tool could not judge: it is neither a pass nor a failure of the work.
 * `hold` means the work needs a person's release. `skip` means the gate does not apply, and why.
 */
export const verdictSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pass'), summary: z.string(), evidence: z.string().optional(), ...measured }),
  z.object({
    kind: z.literal('fail'),
    summary: z.string(),
    findings: z.array(findingSchema),
    evidence: z.string().optional(),
    ...measured,
  }),
  z.object({ kind: z.literal('hold'), summary: z.string(), findings: z.array(findingSchema) }),
  z.object({
    kind: z.literal('broke'),
    summary: z.string(),
    remedy: z.string(),
    evidence: z.string().optional(),
    /** Doing the same again cannot help, as when a tool is not installed: a person is asked at once. */
    permanent: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('skip'), summary: z.string() }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

/** One gate's verdict on one commit. */
export const gateVerdictSchema = z.object({
  /** The gate as the workflow names it; also the name of its check run. */
  gate: z.string().min(1),
  verdict: verdictSchema,
  durationMs: z.number().nonnegative(),
  /** Absent: strict. */
  mode: gateModeSchema.optional(),
  /** How many findings the base commit has too, and how many it does not; when that was looked at. */
  compared: z.object({ old: z.int().nonnegative(), new: z.int().nonnegative() }).optional(),
});
export type GateVerdict = z.infer<typeof gateVerdictSchema>;

/** Whether the run heeds the verdict; else it is only shown. */
export function isHeeded({ mode }: GateVerdict): boolean {
  return mode !== 'informational';
}
