import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CheckedBody } from './check-body.ts';
import { checkBudgets } from './check-budgets.ts';
import { forward } from './forward.ts';
import type { Line } from './line.ts';
import { type ReadCall, readCall } from './read-call.ts';
import { type CallRecord, NO_RECORD, recordCall } from './record-call.ts';
import { type Refusal, refuse } from './refuse.ts';

/**
 * Calls at the same time on one line, from their first byte. A budget is looked at before each, so they must not come all
 * at once, and all that a client can have read into memory is so many bodies.
 */
const MAX_UNDER_WAY = 8;

interface Ends {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** One request on a line, from its first byte to the end of its answer. Never throws, whatever the client sends. */
export async function answerCall(
  line: Line,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { state, exchange } = line;
  state.callsUnderWay += 1;
  try {
    const refusal = state.callsUnderWay > MAX_UNDER_WAY ? TOO_MANY : await serve(line, { request, response });
    if (refusal !== null) {
      refuse(response, exchange.provider.kind, refusal);
    }
  } catch (error) {
    exchange.log.error({ runId: line.request.runId, error }, 'a call on a line broke');
    response.destroy();
  } finally {
    state.callsUnderWay -= 1;
  }
}

/** Why it is not passed on, or null when it was. */
async function serve(line: Line, ends: Ends): Promise<Refusal | null> {
  const call = await readCall(line, ends.request);
  return call.kind === 'refused' ? call : await passOn(line, call, ends);
}

async function passOn(line: Line, { route, body }: ReadCall, ends: Ends): Promise<Refusal | null> {
  const refusal = await findObjection(line);
  if (refusal !== null) {
    return refusal;
  }
  const record = route.metered ? await tryToRecord(line, body) : NO_RECORD;
  if (record === null) {
    return UNRECORDED;
  }
  await forward(line, { route, body, record, ...ends });
  return null;
}

const TOO_MANY: Refusal = {
  status: 429,
  message: 'There are too many calls at the same time on this line.',
  retryAfterSeconds: 1,
  unread: true,
};

const UNRECORDED: Refusal = {
  status: 503,
  message: 'What the call may cost cannot be written down now.',
  retryAfterSeconds: 5,
};

async function tryToRecord(line: Line, body: CheckedBody): Promise<CallRecord | null> {
  try {
    return await recordCall(line, body);
  } catch (error) {
    const { runId } = line.request;
    line.exchange.log.error({ runId, error }, 'a call could not be written down before, so it was refused');
    return null;
  }
}

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
