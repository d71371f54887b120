import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelCall } from '../ports/model-spending.ts';
import type { CheckedBody } from './check-body.ts';
import { checkBudgets } from './check-budgets.ts';
import type { Line } from './line.ts';
import { countCall } from './line-state.ts';
import { type EndedCall, toModelCall } from './to-model-call.ts';

/** A call that is written down. The first word on how it ended counts; neither throws, since the answer has gone out. */
export interface CallRecord {
  /** Counts it on its line and for all. */
  end(ended: EndedCall): void;
  /** No model has worked for it. */
  forget(): void;
}

/** Of what costs nothing nobody keeps a record. */
export const NO_RECORD: CallRecord = { end: () => undefined, forget: () => undefined };

/** Waits before each further try to write a call down, in milliseconds. */
const RETRIES_MS = [100, 1000, 5000];

/**
 * Writes a call down before it leaves, so that it is counted also when this process does not live to see its end.
 * Throws when that cannot be done.
 */
export async function recordCall(line: Line, body: CheckedBody): Promise<CallRecord> {
  const { spending } = line.exchange;
  const id = await spending.begin(await toModelCall(line, body, null));
  let settled = false;
  function settle(work: () => Promise<void>): void {
    if (!settled) {
      settled = true;
      track(line, work());
    }
  }
  return {
    end: (ended) => settle(async () => end(line, id, await toModelCall(line, body, ended))),
    forget: () => settle(() => persist(() => spending.forget(id))),
  };
}

/** Whoever looks at the budgets, or closes the line, waits for it. */
function track({ exchange, request, state }: Line, work: Promise<void>): void {
  const recording = work
    .catch((error: unknown) => {
      const { runId, step, attempt } = request;
      exchange.log.error({ runId, step, attempt, error }, 'a call to a model could not be written down');
    })
    .finally(() => state.recordings.delete(recording));
  state.recordings.add(recording);
}

async function end({ exchange, state, request }: Line, id: string, call: ModelCall): Promise<void> {
  const { runId, step, attempt, model, inputTokens, outputTokens, costUsd, durationMs } = call;
  countCall(state, { inputTokens, outputTokens, costUsd });
  exchange.log.debug(
    { runId, step, attempt, model, inputTokens, outputTokens, costUsd, durationMs },
    'a model was asked',
  );
  await persist(() => exchange.spending.end(id, call));
  state.nearlyUsedUp = (await checkBudgets(request, exchange.spending)).nearlyUsedUp;
}

async function persist(write: () => Promise<void>): Promise<void> {
  for (const waitMs of RETRIES_MS) {
    try {
      await write();
      return;
    } catch {
      await sleep(waitMs);
    }
  }
  await write();
}
