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
