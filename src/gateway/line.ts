import type { Log } from '../ports/log.ts';
import type { ModelLineRequest } from '../ports/model-gateway.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { LineState } from './line-state.ts';
import type { PriceCall } from './price.ts';
import type { Provider } from './provider.ts';
import type { ProviderAgents } from './provider-agents.ts';
import type { AccessTokens } from './vertex/create-access-tokens.ts';

/** What all lines of a gateway share. */
export interface Exchange {
  readonly provider: Provider;
  readonly agents: ProviderAgents;
  /** For a provider that is known by tokens that do not last. */
  readonly accessTokens: AccessTokens;
  readonly spending: ModelSpending;
  readonly price: PriceCall;
  readonly log: Log;
  /** How long a provider may be silent, in milliseconds. */
  readonly silenceMs: number;
}

/** One line, as its calls see it. */
export interface Line {
  readonly exchange: Exchange;
  readonly request: ModelLineRequest;
  readonly token: string;
  readonly state: LineState;
}
