import type { Prices } from '../domain/price.ts';
import type { Log } from '../ports/log.ts';
import type { ModelGateway, ModelLine } from '../ports/model-gateway.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { Exchange } from './line.ts';
import { openLine } from './open-line.ts';
import { createPriceCall } from './price.ts';
import type { Provider } from './provider.ts';
import { createProviderAgents } from './provider-agents.ts';
import { openSocketDirectory } from './socket-directory.ts';
import { createAccessTokens } from './vertex/create-access-tokens.ts';

/** How long a provider may be silent, in milliseconds: long answers come after a long thought. */
const SILENCE_MS = 10 * 60_000;

export interface GatewayOptions {
  /** A directory that only this user can enter; the sockets are made below it. */
  readonly home: string;
  readonly provider: Provider;
  readonly prices: Prices;
  readonly spending: ModelSpending;
  readonly log: Log;
  readonly silenceMs?: number;
  /** The variables that say which hosts are reached through which proxy; none when absent. */
  readonly proxyEnv?: Readonly<Record<string, string>>;
}

/** The gateway to the provider, with its key. Nobody gets through but by a line. */
export async function createGateway(
  options: GatewayOptions,
): Promise<ModelGateway & { close(): Promise<void> }> {
  const { home, provider, prices, spending, log, silenceMs = SILENCE_MS, proxyEnv } = options;
  const directory = await openSocketDirectory(home);
  const agents = createProviderAgents(proxyEnv);
  const price = createPriceCall(provider, prices);
  const accessTokens = provider.kind === 'vertex' ? createAccessTokens(provider.access, log) : noTokens;
  const exchange: Exchange = { provider, agents, accessTokens, spending, price, log, silenceMs };
  const open = new Set<ModelLine>();
  return {
    async open(request) {
      const line = await openLine(request, directory, exchange);
      open.add(line);
      return {
        ...line,
        async close() {
          await line.close();
          open.delete(line);
        },
      };
    },
    async close() {
      await Promise.all([...open].map((line) => line.close()));
      agents.close();
    },
  };
}

function noTokens(): Promise<never> {
  return Promise.reject(new Error('the provider is known by a key, not by tokens'));
}
