import type { AwsKeys, Settings } from '../config/settings.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import type { AwsAccess, Provider } from '../gateway/provider.ts';
import type { Log } from '../ports/log.ts';
import type { ModelGateway } from '../ports/model-gateway.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import { toProxyEnvironment } from './use-proxy.ts';

/** A gateway that must be closed. */
type OpenGateway = ModelGateway & { close(): Promise<void> };

/** Gateways by provider; runtimes that have the same one share it. */
export interface OpenGateways {
  of(provider: Settings['provider']): OpenGateway | null;
  close(): Promise<void>;
}

/** The gateways to the providers that the operator has configured. */
export async function openGateways(
  { provider, runtimeProviders, prices, home, proxy }: Settings,
  { spending, log }: { readonly spending: ModelSpending; readonly log: Log },
): Promise<OpenGateways> {
  const byKind = new Map<string, OpenGateway>();
  for (const one of [provider, ...runtimeProviders.values()].filter((given) => given !== null)) {
    if (!byKind.has(one.kind)) {
      const gateway = await createGateway({
        home,
        provider: toProvider(one),
        prices,
        spending,
        log,
        proxyEnv: toProxyEnvironment(proxy),
      });
      byKind.set(one.kind, gateway);
    }
  }
  return {
    of: (given) => (given === null ? null : (byKind.get(given.kind) ?? null)),
    close: async () => void (await Promise.all([...byKind.values()].map((gateway) => gateway.close()))),
  };
}

function toProvider(provider: NonNullable<Settings['provider']>): Provider {
  switch (provider.kind) {
    case 'bedrock': {
      const { access } = provider;
      return { ...provider, access: access.kind === 'api-key' ? toApiKey(access) : toSigned(access) };
    }
    case 'vertex': {
      const { email, keyId, privateKey, tokenUrl } = provider.access;
      return { ...provider, access: { email, keyId, tokenUrl, privateKey: privateKey.reveal() } };
    }
    case 'anthropic':
    case 'openai':
    case 'openai-compatible':
      return { ...provider, key: provider.key?.reveal() ?? null };
  }
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
