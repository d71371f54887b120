import { z } from 'zod';

/** From the strictest to the laxest. */
const MODES = ['strict', 'regression-only', 'informational'] as const;

/**
 * How much a gate's verdict counts. `regression-only` fails only for what the base commit does not have yet;
 * `informational` shows the verdict and holds nothing up.
 */
export const gateModeSchema = z.enum(MODES);
export type GateMode = z.infer<typeof gateModeSchema>;

/** What a workflow says about one use of a gate. What is absent is strict, and stays as it is. */
export interface ModeChoice {
  readonly mode?: GateMode | undefined;
  /** The laxest mode that a repository may set. */
  readonly mayRelaxTo?: GateMode | undefined;
}

/** The mode of a use: what the repository asks for, as far as the workflow lets it. Stricter is always allowed. */
export function chooseMode({ mode = 'strict', mayRelaxTo = mode }: ModeChoice, asked?: GateMode): GateMode {
  if (asked === undefined) {
    return mode;
  }
  const laxest = Math.max(MODES.indexOf(mode), MODES.indexOf(mayRelaxTo));
  return MODES[Math.min(laxest, MODES.indexOf(asked))] ?? 'strict';
}
