import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProviderError } from '../ports/model-gateway.ts';
import { toClientHeaders } from './headers.ts';
import type { Line } from './line.ts';
import { noteQuota } from './line-state.ts';
import { fieldsOf } from './meter/metered.ts';
import { secretsOf } from './provider.ts';
import { readQuota } from './read-quota.ts';
import { type Refusal, refuse } from './refuse.ts';

/** Bytes of an error that are read; no provider writes more. */
const MAX_BYTES = 64 * 1024;

/** Passes on what the provider said instead of an answer, without the key, and remembers what it said of our quota. Gives what it said. */
export async function passError(
  line: Line,
  answer: IncomingMessage,
  response: ServerResponse,
): Promise<ProviderError> {
  const { provider, log } = line.exchange;
  const status = answer.statusCode ?? 502;
  const text = await readStart(answer);
  const { runId, step, attempt } = line.request;
  log.info({ runId, step, attempt, status }, 'the provider refused a call to a model');
  const safe = secretsOf(provider).reduce((masked, secret) => masked.replaceAll(secret, '[secret]'), text);
  const error = { status, message: findWords(safe) ?? safe };
  if (status === 401 || status === 403 || status < 400) {
    // It can quote a part of the key, or where it wants the request to go.
    const message = `The provider does not take the calls of this server (${status}). Whoever operates it has to look at the key and the address.`;
    refuse(response, provider.kind, { status: 502, message, passing: false });
    return error;
  }
  const quota = readQuota({ status, headers: answer.headers, text }, Date.now());
  if (quota !== null) {
    noteQuota(line.state, quota);
  }
  if (provider.kind === 'bedrock' || provider.kind === 'vertex') {
    refuse(response, provider.kind, toForeignRefusal(status, safe));
    return error;
  }
  const body = Buffer.from(safe);
  response.writeHead(status, { ...toClientHeaders(answer.headers), 'content-length': body.byteLength });
  response.end(body);
  return error;
}

/** An error in the form of Amazon or Google, which no client of Anthropic's reads. */
function toForeignRefusal(status: number, text: string): Refusal {
  const known = STATUSES.find((one) => one === status) ?? (status < 500 ? 400 : 502);
  return { status: known, message: findWords(text) ?? `The provider answered ${status}.` };
}

const STATUSES = [400, 404, 413, 429, 503] as const;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An error's own words: Anthropic, OpenAI and Google have them in `error`, and Google that in a list; Amazon has no more. */
function findWords(text: string): string | null {
  const parsed = parse(text);
  const fields = fieldsOf(Array.isArray(parsed) ? parsed[0] : parsed);
  const words = fieldsOf(fields['error'])['message'] ?? fields['message'];
  return typeof words === 'string' ? words : null;
}

async function readStart(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    if (size > MAX_BYTES) {
      break;
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
