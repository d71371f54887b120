/** Something to go wrong on purpose, with requests which match. */
export type RequestFault = {
  readonly method?: string;
  /** Tested against the path without the `/api/v3` prefix and without the query. */
  readonly path: RegExp;
  /** How many requests it hits; 1 when not given. */
  readonly times?: number;
  /** `before` (the default): nothing is done. `after`: the write is accepted, and then the answer is lost. */
  readonly when?: 'before' | 'after';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
} & (
  | { /** Status to answer, or the connection is reset. */ readonly status: number | 'reset' }
  | { /** The request is answered truly, but this much later. */ readonly delayMs: number }
  | {
      /** Called when the request is here, which is answered truly when that resolves. */ readonly hold: () => Promise<void>;
    }
);

export type FaultTable = {
  inject(fault: RequestFault): void;
  /** The fault for a request, used up by one, or null. */
  take(method: string, path: string): RequestFault | null;
};

/** Holds injected request faults; the first which matches is taken. */
export function openFaultTable(): FaultTable {
  const held: { fault: RequestFault; left: number }[] = [];
  return {
    inject: (fault) => void held.push({ fault, left: fault.times ?? 1 }),
    take(method, path) {
      const hit = held.find(
        ({ fault, left }) => left > 0 && (fault.method ?? method) === method && fault.path.test(path),
      );
      if (!hit) {
        return null;
      }
      hit.left -= 1;
      return hit.fault;
    },
  };
}
