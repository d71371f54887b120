import {
  type ClientRequest,
  type IncomingMessage,
  request as overHttp,
  type ServerResponse,
} from 'node:http';
import { request as overHttps } from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toBedrockRequest } from './bedrock/to-bedrock-request.ts';
import { toServerEvents } from './bedrock/to-server-events.ts';
import type { CheckedBody } from './check-body.ts';
import { toClientHeaders, toProviderHeaders } from './headers.ts';
import type { Line } from './line.ts';
import { noteAnswer, noteError } from './line-state.ts';
import { createMeter } from './meter/create-meter.ts';
import { UNTOLD } from './meter/metered.ts';
import { passError } from './pass-error.ts';
import type { CallRecord } from './record-call.ts';
import { type Refusal, refuse } from './refuse.ts';
import type { Route } from './route.ts';
import type { UpstreamRequest } from './upstream-request.ts';
import { toVertexRequest } from './vertex/to-vertex-request.ts';

/** A call that may be made, and where its answer goes. */
export interface Call {
  readonly route: Route;
  readonly body: CheckedBody;
  readonly record: CallRecord;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Asks the provider and passes its answer on as it comes. Returns when nothing more comes; never throws. */
export async function forward(line: Line, call: Call): Promise<void> {
  const course: Course = {
    startedMs: performance.now(),
    answersBefore: line.state.answers,
    isWithProvider: () => false,
  };
  line.state.lastError = null;
  try {
    const asked = ask(line, await toUpstreamRequest(line, call));
    course.isWithProvider = watchSending(asked);
    // Nobody waits for the answer any more.
    call.response.once('close', () => asked.destroy());
    if (call.response.destroyed) {
      asked.destroy();
    }
    const answer = await answerOf(asked, line.exchange.silenceMs);
    if ((answer.statusCode ?? 500) >= 300) {
      call.record.forget();
      noteError(line.state, await passError(line, answer, call.response), course.answersBefore);
      return;
    }
    noteAnswer(line.state, call.route);
    await passOn(call, { answer, startedMs: course.startedMs });
  } catch (error) {
    giveUp(line, call, { error, course });
  }
}

/** How far a call has come. */
interface Course {
  readonly startedMs: number;
  readonly answersBefore: number;
  /** Whether the provider has the whole request, so that its model may be at work. */
  isWithProvider: () => boolean;
}

/** A kept connection that the provider has just closed takes a request as well, and nobody reads it. */
function watchSending(asked: ClientRequest): () => boolean {
  let sent = false;
  let isReset = false;
  asked.once('finish', () => {
    sent = true;
  });
  asked.once('error', (error) => {
    isReset = codeOf(error) === 'ECONNRESET';
  });
  return () => sent && !(asked.reusedSocket && isReset);
}

/** The connection broke, on either side. */
function giveUp(
  line: Line,
  { body, record, response }: Call,
  { error, course }: { readonly error: unknown; readonly course: Course },
): void {
  const { provider, log } = line.exchange;
  log.debug({ runId: line.request.runId, model: body.model, error }, 'a call to a model broke off');
  if (course.isWithProvider()) {
    // Nobody will tell how much the model has worked.
    const durationMs = performance.now() - course.startedMs;
    record.end({ metered: UNTOLD, bytes: Buffer.byteLength(body.text), durationMs });
  } else {
    record.forget();
  }
  const refusal: Refusal =
    error instanceof SilenceError
      ? { status: 504, message: 'The provider has not answered in time.' }
      : { status: 502, message: `The provider could not be reached (${codeOf(error)}).` };
  // Whoever does not wait for an answer misses none.
  if (!response.destroyed) {
    noteError(line.state, refusal, course.answersBefore);
  }
  refuse(response, provider.kind, refusal);
}

async function toUpstreamRequest(
  { exchange: { provider, accessTokens } }: Line,
  { route, body, request }: Call,
): Promise<UpstreamRequest> {
  if (provider.kind === 'bedrock') {
    return await toBedrockRequest(provider, body, request.headers);
  }
  if (provider.kind === 'vertex') {
    return toVertexRequest(provider, body, { token: await accessTokens(), given: request.headers });
  }
  const bytes = Buffer.from(body.text);
  return {
    url: new URL(`${provider.url}${route.path}${route.query}`),
    headers: toProviderHeaders(request.headers, provider, bytes.byteLength),
    bytes,
  };
}

function ask({ exchange: { agents } }: Line, { url, headers, bytes }: UpstreamRequest): ClientRequest {
  const asked =
    url.protocol === 'https:'
      ? overHttps(url, { method: 'POST', headers, agent: agents.https })
      : overHttp(url, { method: 'POST', headers, agent: agents.http });
  asked.end(bytes);
  return asked;
}

/** The provider is silent for longer than it may be. */
class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

function answerOf(asked: ClientRequest, silenceMs: number): Promise<IncomingMessage> {
  asked.setTimeout(silenceMs, () => asked.destroy(new SilenceError('the provider was silent for too long')));
  return new Promise((resolve, reject) => {
    asked.once('response', resolve);
    asked.on('error', reject);
  });
}

interface Begun {
  readonly answer: IncomingMessage;
  readonly startedMs: number;
}

/** The whole answer, chunk by chunk; what it used is recorded however it ends. */
async function passOn({ route, body, record, response }: Call, { answer, startedMs }: Begun): Promise<void> {
  const isEventStream = answer.headers['content-type'] === 'application/vnd.amazon.eventstream';
  const contentType = isEventStream ? 'text/event-stream' : (answer.headers['content-type'] ?? '');
  const meter = route.metered ? createMeter(route.form, contentType) : null;
  let size = Buffer.byteLength(body.text);
  const metering = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.byteLength;
      meter?.push(chunk);
      done(null, chunk);
    },
  });
  response.writeHead(answer.statusCode ?? 200, {
    ...toClientHeaders(answer.headers),
    'content-type': contentType,
  });
  response.flushHeaders();
  try {
    await (isEventStream
      ? pipeline(answer, toServerEvents(), metering, response)
      : pipeline(answer, metering, response));
  } finally {
    const metered = meter?.end() ?? UNTOLD;
    record.end({ metered, bytes: size, durationMs: performance.now() - startedMs });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no answer';
}
