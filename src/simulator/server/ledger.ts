/** One accepted write: a mutating REST or GraphQL call, or a ref moved by a git push. */
export type LedgerEntry = {
  readonly seq: number;
  /** ISO 8601 with milliseconds. */
  readonly at: string;
  /** Login of who wrote, e.g. `baton[bot]`; `app` for a call signed with the App's own key. */
  readonly actor: string;
  readonly method: string;
  readonly path: string;
  /** GitHub's name of the operation, e.g. `issues/create-comment`; `git/push` for a push. */
  readonly kind: string;
  /** The request as sent; for a push `{ ref, before, after }`. */
  readonly body: unknown;
};

export type Ledger = {
  record(entry: Omit<LedgerEntry, 'seq' | 'at'>): void;
  entries(): readonly LedgerEntry[];
};

/**
 * Keeps accepted writes in order. `onWrite` is called once per write, after it is applied and before it is
 * answered; what it throws is thrown at the writer.
 */
export function openLedger(onWrite?: (entry: LedgerEntry) => void): Ledger {
  const entries: LedgerEntry[] = [];
  return {
    record(entry) {
      const written = { seq: entries.length + 1, at: new Date().toISOString(), ...entry };
      entries.push(written);
      onWrite?.(written);
    },
    entries: () => entries,
  };
}
