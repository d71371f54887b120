/** One answered request. A connection reset by an injected fault has status 0. */
export type RequestRecord = {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Login, `app` or `anonymous`. */
  readonly actor: string;
};

export type RequestLog = {
  add(record: RequestRecord): void;
  all(): readonly RequestRecord[];
  /** How often each `METHOD /path` was asked. */
  counts(): Record<string, number>;
};

/** Keeps what was asked, so that tests can count calls. */
export function openRequestLog(): RequestLog {
  const records: RequestRecord[] = [];
  return {
    add: (record) => void records.push(record),
    all: () => records,
    counts() {
      const counts: Record<string, number> = {};
      for (const { method, path } of records) {
        const key = `${method} ${path}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    },
  };
}
