import { describe, expect, test } from 'vitest';
import { toRuntimesAtHand } from '../../src/composition/open-runtimes.ts';
import type { Secret } from '../../src/config/secret.ts';
import type { AgentRuntime } from '../../src/ports/agent-runtime.ts';
import type { ModelGateway } from '../../src/ports/model-gateway.ts';

function aRuntime(name: string, changes: Partial<AgentRuntime> = {}): AgentRuntime {
  return { name, summary: 'x', run: () => Promise.reject(new Error('it is not run')), ...changes };
}

function aProvider(kind: 'anthropic' | 'openai') {
  return { kind, url: `https://${kind}.example.com/v1`, key: null as Secret | null };
}

describe('src/composition/open-runtimes', () => {
  test('gives each runtime the gateway to its own provider, and none to one that asks nobody', () => {
    const gateways = new Map<string, ModelGateway & { close(): Promise<void> }>(
      ['anthropic', 'openai'].map((kind) => [
        kind,
        { open: () => Promise.reject(new Error(kind)), close: async () => undefined },
      ]),
    );
    const hands = toRuntimesAtHand(
      [aRuntime('claude'), aRuntime('codex'), aRuntime('replay', { models: 'none' })],
      { provider: aProvider('anthropic'), runtimeProviders: new Map([['codex', aProvider('openai')]]) },
      { of: (provider) => (provider === null ? null : (gateways.get(provider.kind) ?? null)) },
    );
    expect(hands.get('claude')).toMatchObject({ provider: 'anthropic', gateway: gateways.get('anthropic') });
    expect(hands.get('codex')).toMatchObject({ provider: 'openai', gateway: gateways.get('openai') });
    expect(hands.get('replay')).toMatchObject({ provider: null, gateway: null });
  });
});
