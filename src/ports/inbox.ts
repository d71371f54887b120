/** A webhook as received. */
export interface Delivery {
  /** `X-GitHub-Delivery`: the key that makes it unique. */
  readonly guid: string;
  readonly event: string;
  /** The verified body, parsed. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The durable inbox: a delivery answered 2xx is in it, once. */
export interface Inbox {
  /** Resolves when the delivery is on disk; `duplicate` when its GUID was there already. */
  put(delivery: Delivery): Promise<'stored' | 'duplicate'>;
}

/** The other end of the inbox: what is to be acted on, and what can be forgotten. */
export interface Deliveries {
  /** Null when the inbox does not have it (any more). */
  read(guid: string): Promise<Delivery | null>;
  /** GUIDs that have waited longer than `olderThanMs` without having been dispatched, oldest first. */
  pending(olderThanMs: number, limit: number): Promise<readonly string[]>;
  /** Notes that these have been handed to the engine, which remembers them from then on. */
  markDispatched(guids: readonly string[]): Promise<void>;
  /**
   * Deletes at most `limit` dispatched deliveries older than `olderThanMs` and says how many. A GUID that is deleted
   * can be stored again, so keep them longer than GitHub redelivers (3 days).
   */
  prune(olderThanMs: number, limit: number): Promise<number>;
}
