import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Usage } from '../domain/usage.ts';
import type { ModelLine, ModelLineRequest } from '../ports/model-gateway.ts';
import { answerCall } from './answer-call.ts';
import type { Exchange, Line } from './line.ts';
import { createLineState, refusalOf } from './line-state.ts';

/** How long a client may take for its request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000;

/** More than any agent asks with at the same time; each is a file of the server. */
const MOST_CONNECTIONS = 128;

/** A new socket in `directory` and a server on it. */
export async function openLine(
  request: ModelLineRequest,
  directory: string,
  exchange: Exchange,
): Promise<ModelLine> {
  const usedBefore = await readUsedBefore(request, exchange);
  const socketPath = join(directory, `${randomBytes(6).toString('hex')}.sock`);
  const line: Line = {
    exchange,
    request,
    token: `baton-line-${randomBytes(24).toString('hex')}`,
    state: createLineState(),
  };
  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const call = answerCall(line, incoming, response).finally(() => underWay.delete(call));
    underWay.add(call);
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(socketPath);
  await once(server, 'listening');
  // The directory is closed to others already; this is for whoever opens that.
  await chmod(socketPath, 0o600);
  let closing: Promise<void> | null = null;
  return {
    socketPath,
    token: line.token,
    usedBefore,
    usage: () => line.state.usage,
    answers: () => line.state.answers,
    isAsked: () => underWay.size > 0,
    lastError: () => line.state.lastError,
    nearlyUsedUp: () => line.state.nearlyUsedUp,
    refusal: () => refusalOf(line.state),
    close() {
      closing ??= close();
      return closing;
    },
  };

  async function close(): Promise<void> {
    server.close();
    server.closeAllConnections();
    await Promise.all(underWay);
    await Promise.all(line.state.recordings);
    await rm(socketPath, { force: true });
  }
}

/** What is lost counts from here on. When that cannot be read nobody knows; budgets are looked at before each call all the same. */
async function readUsedBefore(request: ModelLineRequest, { spending, log }: Exchange): Promise<Usage> {
  try {
    await spending.countLost();
    return await spending.used(request);
  } catch (error) {
    log.warn({ runId: request.runId, error }, 'what an attempt used before could not be read');
    return { inputTokens: null, outputTokens: null, costUsd: null };
  }
}
