import { z } from 'zod';

/** A path inside the repository, with or without a line: `src/total.ts` or `src/total.ts:12`. */
const EVIDENCE = /^(?<path>[^\s/\\][^\p{Cc}\\]{0,399}?)(?::(?<line>[1-9]\d{0,6})(?:-\d{1,7})?)?$/u;

const evidenceSchema = z
  .string()
  .max(420)
  .overwrite((text) => text.trim().replace(/^(?:\.\/)+/, ''))
  .refine((text) => EVIDENCE.test(text) && !text.split('/').includes('..'), {
    message: 'evidence is a path inside the repository, with or without a line, like src/total.ts:12',
  });

/** Work that a role has put off, as it reports it. */
export const deferredSchema = z.object({
  title: z.string().trim().min(1).max(200),
  /** Why it was not done now. */
  why: z.string().trim().min(1).max(2000),
  /** `path:line` or `path`, at the commit the role has worked on. */
  evidence: evidenceSchema,
  /** Suggestions: only labels that the repository has are put on. */
  labels: z.array(z.string().trim().min(1).max(50)).max(5).default([]),
});
export type Deferred = z.infer<typeof deferredSchema>;

/** What one report may put off. */
export const reportedDeferredSchema = z.array(deferredSchema).max(10).default([]);

/** Work put off that has an issue. */
export const filedDebtSchema = z.object({
  /** The same for the same work, whoever puts it off: see `listDebts`. */
  fingerprint: z.string(),
  title: z.string(),
  number: z.int().positive(),
  url: z.string(),
  /** Another run had filed it before. */
  known: z.boolean(),
});
export type FiledDebt = z.infer<typeof filedDebtSchema>;

/** Work put off that has no issue, and why not. */
export const unfiledDebtSchema = z.object({ fingerprint: z.string(), title: z.string(), why: z.string() });
export type UnfiledDebt = z.infer<typeof unfiledDebtSchema>;

/** Where to look. The line is the first one, counted from 1; null when the whole file is meant. */
export function toPlace(evidence: string): { readonly path: string; readonly line: number | null } {
  const { path = evidence, line } = EVIDENCE.exec(evidence)?.groups ?? {};
  return { path, line: line === undefined ? null : Number(line) };
}
