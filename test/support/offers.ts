import type { Offer } from '../../src/domain/offer.ts';
import type { AgentRuntime } from '../../src/ports/agent-runtime.ts';
import type { ModelGateway } from '../../src/ports/model-gateway.ts';

/** One model for each tier, and one runtime. */
export function anOffer(changes: Partial<Offer> = {}): Offer {
  return {
    runtimes: ['scripted'],
    otherRuntimes: [],
    models: {
      opus: [{ model: 'large', runtime: null }],
      sonnet: [{ model: 'middle', runtime: null }],
      haiku: [{ model: 'small', runtime: null }],
      inherit: [{ model: 'usual', runtime: null }],
    },
    otherModels: [],
    turns: 60,
    ...changes,
  };
}

/** What asking needs when it is always the same runtime, which never fails for reasons of its own. */
export function oneRuntime(runtime: AgentRuntime, gateway: ModelGateway | null = null) {
  return {
    runtimes: new Map([[runtime.name, { runtime, provider: gateway === null ? null : 'some', gateway }]]),
    breakers: { letsThrough: () => true, note: () => undefined },
    note: () => undefined,
    offer: anOffer({ runtimes: [runtime.name] }),
  };
}
