import type { ModelCall } from '../ports/model-spending.ts';
import type { CheckedBody } from './check-body.ts';
import type { Line } from './line.ts';
import { type Metered, UNTOLD } from './meter/metered.ts';

/** What a call was, once nothing more comes of it. */
export interface EndedCall {
  readonly metered: Metered;
  /** Bytes of the request and of the answer, for an estimate when nothing was told. */
  readonly bytes: number;
  readonly durationMs: number;
}

/** Bytes of JSON per token, roughly; only for what counts against budgets. */
const BYTES_PER_TOKEN = 4;

/** An answer whose request does not say how long it may be is seldom longer. */
const USUAL_MAX_OUTPUT = 8192;
/** No model answers more, whatever it is asked for. */
const LARGEST_OUTPUT = 128_000;

/** The record of a call as it ended; of one that is about to be made (null) as the most that it can cost. */
export async function toModelCall(
  { request, exchange }: Line,
  body: CheckedBody,
  ended: EndedCall | null,
): Promise<ModelCall> {
  const { runId, repository, subject, step, attempt } = request;
  const { model } = body;
  const call = { runId, repository, subject, step, attempt, model };
  if (ended === null) {
    return { ...call, ...NOTHING_TOLD, ...(await toMost(body, exchange.price)), durationMs: 0 };
  }
  const { metered, bytes, durationMs } = ended;
  const { costUsd: _told, ...tokens } = metered;
  const { inputTokens, outputTokens } = tokens;
  return {
    ...call,
    ...tokens,
    costUsd: await exchange.price(model, metered),
    countedTokens:
      inputTokens === null || outputTokens === null
        ? Math.max((inputTokens ?? 0) + (outputTokens ?? 0), Math.ceil(bytes / BYTES_PER_TOKEN))
        : inputTokens + outputTokens,
    durationMs: Math.round(durationMs),
  };
}

const NOTHING_TOLD = { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };

async function toMost(
  { model, text, maxOutputTokens }: CheckedBody,
  price: Line['exchange']['price'],
): Promise<Pick<ModelCall, 'costUsd' | 'countedTokens'>> {
  const inputTokens = Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);
  const outputTokens = Math.min(maxOutputTokens ?? USUAL_MAX_OUTPUT, LARGEST_OUTPUT);
  return {
    costUsd: await price(model, { ...UNTOLD, inputTokens, outputTokens }),
    countedTokens: inputTokens + outputTokens,
  };
}
