import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkBudgets } from './check-budgets.ts';
import { forward } from './forward.ts';
import type { Line } from './line.ts';
import { type ReadCall, readCall } from './read-call.ts';
import { type Refusal, refuse } from './refuse.ts';

/** Calls at the same time on one line. A budget is looked at before each, so they must not come all at once. */
const MAX_UNDER_WAY = 8;

/** One request on a line, from its first byte to the end of its answer. Never throws. */
export async function answerCall(
  line: Line,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await readCall(line, request);
  const refusal = call.kind === 'refused' ? call : await passOn(line, call, { request, response });
  if (refusal !== null) {
    refuse(response, line.exchange.provider.kind, refusal);
  }
}

/** Why it is not passed on, or null when it was. */
async function passOn(
  line: Line,
  { route, body }: ReadCall,
  ends: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<Refusal | null> {
  const { state } = line;
  state.callsUnderWay += 1;
  try {
    const refusal = state.callsUnderWay > MAX_UNDER_WAY ? TOO_MANY : await findObjection(line);
    if (refusal === null) {
      await forward(line, { route, body, ...ends });
    }
    return refusal;
  } finally {
    state.callsUnderWay -= 1;
  }
}

const TOO_MANY: Refusal = {
  status: 429,
  message: 'There are too many calls at the same time on this line.',
  retryAfterSeconds: 1,
};

/** What stands against one more call: a quota that the provider has closed, or a budget. */
async function findObjection({ exchange, request, state }: Line): Promise<Refusal | null> {
  const closedMs = (state.quota?.closedUntilMs ?? 0) - Date.now();
  if (state.quota !== null && closedMs > 0) {
    const { message } = state.quota.refusal;
    return { status: 429, message, retryAfterSeconds: Math.ceil(closedMs / 1000) };
  }
  if (request.budgets === undefined || request.budgets.length === 0) {
    return null;
  }
  // What this line has used before counts, also when its client is quick.
  await Promise.all(state.recordings);
  try {
    const { refusal, nearlyUsedUp } = await checkBudgets(request, exchange.spending);
    state.budget = refusal;
    state.nearlyUsedUp = nearlyUsedUp;
    return refusal === null ? null : { status: 402, message: refusal.message };
  } catch (error) {
    exchange.log.error(
      { runId: request.runId, error },
      'budgets could not be looked at, so a call was refused',
    );
    const message = 'It cannot be seen now what was used by others.';
    return { status: 503, message, retryAfterSeconds: 5 };
  }
}
