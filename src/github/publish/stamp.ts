import { z } from 'zod';

/** What a surface record's `hash` says: what was written, and how often. */
export interface Stamp {
  /** Digest of the surface that was last written. */
  readonly digest: string;
  /** Grows with every write, so that going back to an earlier text is a new effect. */
  readonly sequence: number;
  /** How often somebody has deleted it. */
  readonly deletions: number;
}

const stampSchema = z.tuple([z.string(), z.coerce.number().int(), z.coerce.number().int()]);

export function printStamp(stamp: Stamp): string {
  return `${stamp.digest}:${stamp.sequence}:${stamp.deletions}`;
}

/** Reads what `printStamp` wrote; throws on anything else, which only a damaged record can hold. */
export function readStamp(text: string): Stamp {
  const [digest, sequence, deletions] = stampSchema.parse(text.split(':'));
  return { digest, sequence, deletions };
}
