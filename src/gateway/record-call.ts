import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelCall } from '../ports/model-spending.ts';
import { checkBudgets } from './check-budgets.ts';
import type { Line } from './line.ts';
import { countCall } from './line-state.ts';
import type { Metered } from './meter/metered.ts';

/** What a call was, once nothing more comes of it. */
export interface EndedCall {
  readonly model: string;
  readonly metered: Metered;
  /** Bytes of the request and of the answer, for an estimate when nothing was told. */
  readonly bytes: number;
  readonly durationMs: number;
}

/** Bytes of JSON per token, roughly; only for what counts against budgets. */
const BYTES_PER_TOKEN = 4;

/** Waits before each further try to write a call down, in milliseconds. */
const RETRIES_MS = [100, 1000, 5000];

/** Counts a call on its line and writes it down for all. Never throws: the answer has gone out already. */
export function recordCall(line: Line, ended: EndedCall): void {
  const recording = record(line, ended).finally(() => line.state.recordings.delete(recording));
  line.state.recordings.add(recording);
}

async function record(line: Line, ended: EndedCall): Promise<void> {
  const { exchange, state, request } = line;
  const call = await toCall(line, ended);
  const { inputTokens, outputTokens, costUsd } = call;
  countCall(state, { inputTokens, outputTokens, costUsd });
  const { runId, step, attempt, model, durationMs } = call;
  exchange.log.debug(
    { runId, step, attempt, model, inputTokens, outputTokens, costUsd, durationMs },
    'a model was asked',
  );
  try {
    await write(line, call);
    state.nearlyUsedUp = (await checkBudgets(request, exchange.spending)).nearlyUsedUp;
  } catch (error) {
    exchange.log.error({ runId, step, attempt, error }, 'a call to a model could not be written down');
  }
}

async function toCall({ request, exchange }: Line, ended: EndedCall): Promise<ModelCall> {
  const { runId, repository, subject, step, attempt } = request;
  const { model, metered, bytes, durationMs } = ended;
  const { costUsd: _told, ...tokens } = metered;
  const { inputTokens, outputTokens } = tokens;
  return {
    runId,
    repository,
    subject,
    step,
    attempt,
    model,
    ...tokens,
    costUsd: await exchange.price(model, metered),
    countedTokens:
      inputTokens === null || outputTokens === null
        ? Math.max((inputTokens ?? 0) + (outputTokens ?? 0), Math.ceil(bytes / BYTES_PER_TOKEN))
        : inputTokens + outputTokens,
    durationMs: Math.round(durationMs),
  };
}

async function write({ exchange }: Line, call: ModelCall): Promise<void> {
  for (const waitMs of RETRIES_MS) {
    try {
      await exchange.spending.record(call);
      return;
    } catch {
      await sleep(waitMs);
    }
  }
  await exchange.spending.record(call);
}
