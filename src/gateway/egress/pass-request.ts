import { type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { dial, toText } from './dial.ts';
import { type EgressState, note } from './egress-state.ts';
import { toHost } from './to-host.ts';

/** What fetches packages. Without encryption nothing else is passed on, but for questions about them. */
const METHODS = ['GET', 'HEAD'];

/** Headers that are about one connection, and those that hold credentials: there are none to send. */
const LEFT_OUT =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|authorization|cookie)$/;

/** Answers a request for an `http:` URL, which clients of a proxy send whole. */
export async function passRequest(
  state: EgressState,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.parse(incoming.url ?? '');
  const methods = state.rules.sends ? [...METHODS, 'POST'] : METHODS;
  if (url?.protocol !== 'http:' || !methods.includes(incoming.method ?? '')) {
    return answer(response, 405, `This proxy passes on ${methods.join(', ')} of http: URLs, and CONNECT.`);
  }
  const host = toHost(url.host, 80);
  const dialled = await dial(state, host, url.host);
  if (dialled.kind === 'refused') {
    return answer(response, dialled.status, dialled.why);
  }
  await exchange(state, { url, socket: dialled.socket, incoming, response });
}

interface Exchange {
  readonly url: URL;
  readonly socket: Socket;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
}

async function exchange(state: EgressState, { url, socket, incoming, response }: Exchange): Promise<void> {
  const target = toText({ name: url.hostname, port: Number(url.port || 80) });
  const { limits } = state;
  const overdue = setTimeout(() => stop('the connection lasted too long'), limits.durationMs);
  function stop(why: string): void {
    note(state.cutOff, target, why);
    socket.destroy();
  }
  socket.setTimeout(limits.silenceMs, () => stop('nothing came for too long'));
  function count(chunk: Buffer): void {
    state.bytes += chunk.length;
    if (state.bytes > limits.bytes) {
      stop(`more than ${limits.bytes} bytes were transferred`);
    }
  }
  socket.on('data', count);
  incoming.on('data', count);
  response.once('close', () => socket.destroy());
  try {
    const answered = await untilAnswered(url, socket, incoming);
    response.writeHead(answered.statusCode ?? 502, toPassed(answered));
    await pipeline(answered, response);
  } catch (error) {
    // What a limit has cut off was noted when it did.
    if (!state.cutOff.has(target)) {
      note(state.unreachable, target, error instanceof Error ? error.message : String(error));
    }
    answer(response, 502, 'The connection broke.');
  } finally {
    clearTimeout(overdue);
    socket.destroy();
  }
}

function untilAnswered(url: URL, socket: Socket, incoming: IncomingMessage): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = send({
      createConnection: () => socket,
      method: incoming.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...toPassed(incoming), ...toLength(incoming), host: url.host, connection: 'close' },
    });
    outgoing.once('response', resolve).once('error', reject);
    incoming.once('error', reject).pipe(outgoing);
  });
}

function toPassed({ headers }: IncomingMessage): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => !LEFT_OUT.test(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
}

/** Servers may not take a question whose length they are not told. */
function toLength({ headers }: IncomingMessage): Record<string, string> {
  const { 'content-length': length } = headers;
  return length === undefined ? {} : { 'content-length': length };
}

function answer(response: ServerResponse, status: number, why: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`${why}\n`);
}
