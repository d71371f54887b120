import type { z } from 'zod';

/** One environment variable: what enforces it, and what its documentation says. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** What it does, for the reference page. */
  readonly description: string;
  /** From the variable's text to the value. Optional when Baton works without it. Messages complete "NAME ...". */
  readonly schema: Schema;
  /** Text that stands for a variable that is not set. */
  readonly default?: string;
  /** What to do when it is missing or wrong. */
  readonly remedy: string;
  /** Its value must never be shown. */
  readonly secret?: true;
}

/** Declares a setting, keeping the type of its value. */
export function defineSetting<Schema extends z.ZodType>(setting: Setting<Schema>): Setting<Schema> {
  return setting;
}
