/** Where calls go, and with which key. */
export interface Provider {
  readonly kind: 'anthropic' | 'openai' | 'openai-compatible';
  /** Base URL as SDKs take it, with the version and without a slash at the end, such as `https://api.openai.com/v1`. */
  readonly url: string;
  /** Null for a provider that wants none, such as one on this machine. */
  readonly key: string | null;
}

/** The provider's key as it takes it. */
export function toKeyHeaders({ kind, key }: Provider): Record<string, string> {
  if (key === null) {
    return {};
  }
  return kind === 'anthropic' ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
}
