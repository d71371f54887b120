/** How AWS knows us: a key of Bedrock's own, or keys that sign each call. */
export type AwsAccess =
  | { readonly kind: 'api-key'; readonly key: string }
  | {
      readonly kind: 'signed';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      /** Null for keys that last. */
      readonly sessionToken: string | null;
      readonly region: string;
    };

/** One that is asked with one key. */
export interface KeyProvider {
  readonly kind: 'anthropic' | 'openai' | 'openai-compatible';
  /** Base URL as SDKs take it, with the version and without a slash at the end, such as `https://api.openai.com/v1`. */
  readonly url: string;
  /** Null for a provider that wants none, such as one on this machine. */
  readonly key: string | null;
}

/** Claude by Amazon Bedrock. On the line it speaks as Anthropic does. */
export interface BedrockProvider {
  readonly kind: 'bedrock';
  /** Without a slash at the end, such as `https://bedrock-runtime.eu-central-1.amazonaws.com`. */
  readonly url: string;
  readonly access: AwsAccess;
}

/** How Google knows us: a service account, whose key is exchanged for tokens. */
export interface GoogleAccess {
  readonly email: string;
  readonly keyId: string;
  /** PEM. */
  readonly privateKey: string;
  readonly tokenUrl: string;
}

/** Claude by Vertex AI of Google. On the line it speaks as Anthropic does. */
export interface VertexProvider {
  readonly kind: 'vertex';
  /** With the version and without a slash at the end, such as `https://europe-west1-aiplatform.googleapis.com/v1`. */
  readonly url: string;
  readonly project: string;
  readonly region: string;
  readonly access: GoogleAccess;
}

/** Where calls go, and with which key. */
export type Provider = KeyProvider | BedrockProvider | VertexProvider;

/** What must not come back in an answer. */
export function secretsOf(provider: Provider): readonly string[] {
  if (provider.kind === 'vertex') {
    return [provider.access.privateKey];
  }
  if (provider.kind !== 'bedrock') {
    return provider.key === null ? [] : [provider.key];
  }
  const { access } = provider;
  return access.kind === 'api-key'
    ? [access.key]
    : [access.secretAccessKey, access.accessKeyId, access.sessionToken].filter((secret) => secret !== null);
}

/** Whether the line speaks as Anthropic's own API does. */
export function speaksMessages(kind: Provider['kind']): boolean {
  return kind === 'anthropic' || kind === 'bedrock' || kind === 'vertex';
}

/** The provider's key as it takes it. */
export function toKeyHeaders({ kind, key }: KeyProvider): Record<string, string> {
  if (key === null) {
    return {};
  }
  return kind === 'anthropic' ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
}
