/** One place that somebody asked for in vain, as `name:port`, and why. */
export interface EgressNote {
  readonly target: string;
  readonly why: string;
}

/** What went through an egress, and what did not. Each place is told once, and of many only the first. */
export interface EgressReport {
  /** What the rules forbid: asking again gives the same. */
  readonly refused: readonly EgressNote[];
  /** What went over a limit: of bytes, silence or time. */
  readonly cutOff: readonly EgressNote[];
  /** What was allowed and did not answer. */
  readonly unreachable: readonly EgressNote[];
  /** Both directions together. */
  readonly bytes: number;
}

/** What was asked for in vain, in words. */
export function toInVain({ refused, cutOff, unreachable }: EgressReport): readonly string[] {
  return [
    ...refused.map(({ target, why }) => `${target} was refused: ${why}`),
    ...cutOff.map(({ target, why }) => `${target} was cut off: ${why}`),
    ...unreachable.map(({ target, why }) => `${target} could not be reached: ${why}`),
  ];
}
