import { z } from 'zod';

/** What an installation has made: directories that nobody writes in, kept under the hash of what they were made from. */
export const layerSchema = z.object({
  /** Where each directory is seen, and where it lies in the layer. */
  parts: z.array(z.object({ at: z.string(), path: z.string(), scratch: z.array(z.string()) })),
  /** On the disk. */
  bytes: z.int().nonnegative(),
  /** What the files looked like when they were made. */
  fingerprint: z.string(),
  durationMs: z.number().nonnegative(),
  notes: z.array(z.string()),
});
export type Layer = z.infer<typeof layerSchema>;

/** A layer where it lies. */
export interface KeptLayer extends Layer {
  /** Absolute path of what the parts are relative to. */
  readonly content: string;
}
