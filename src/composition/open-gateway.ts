import type { Settings } from '../config/settings.ts';
import { createGateway } from '../gateway/create-gateway.ts';
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
  const { kind, url, key } = provider;
  return await createGateway({
    home,
    provider: { kind, url, key: key?.reveal() ?? null },
    prices,
    spending,
    log,
  });
}
