import type { AwsKeys, Settings } from '../config/settings.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import type { AwsAccess, Provider } from '../gateway/provider.ts';
import type { Log } from '../ports/log.ts';
import type { ModelGateway } from '../ports/model-gateway.ts';
import type { ModelSpending } from '../ports/model-spending.ts';

/** A gateway that must be closed. */
export type OpenGateway = ModelGateway & { close(): Promise<void> };

/** The gateway to the provider that the operator has configured; null when there is none. */
export async function openGateway(
  { provider, prices, home }: Settings,
  { spending, log }: { readonly spending: ModelSpending; readonly log: Log },
): Promise<OpenGateway | null> {
  if (provider === null) {
    return null;
  }
  return await createGateway({
    home,
    provider: toProvider(provider),
    prices,
    spending,
    log,
  });
}

function toProvider(provider: NonNullable<Settings['provider']>): Provider {
  if (provider.kind !== 'bedrock') {
    const { kind, url, key } = provider;
    return { kind, url, key: key?.reveal() ?? null };
  }
  const { kind, url, access } = provider;
  return { kind, url, access: access.kind === 'api-key' ? toApiKey(access) : toSigned(access) };
}

function toApiKey({ kind, key }: Extract<AwsKeys, { kind: 'api-key' }>): AwsAccess {
  return { kind, key: key.reveal() };
}

function toSigned(keys: Extract<AwsKeys, { kind: 'signed' }>): AwsAccess {
  return {
    kind: keys.kind,
    accessKeyId: keys.accessKeyId.reveal(),
    secretAccessKey: keys.secretAccessKey.reveal(),
    sessionToken: keys.sessionToken?.reveal() ?? null,
    region: keys.region,
  };
}
