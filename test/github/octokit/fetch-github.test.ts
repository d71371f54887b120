import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createGithubFetch } from '../../../src/github/octokit/fetch-github.ts';

/** Only ends what hangs: a busy machine may take seconds to answer. */
const LONG_MS = 60_000;
/** Runs out before an answer that never comes. */
const SHORT_MS = 300;

describe('src/github/octokit/fetch-github.ts', () => {
  const closers: (() => void)[] = [];

  afterEach(() => {
    for (const close of closers.splice(0)) {
      close();
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => {
      server.close();
      server.closeAllConnections();
    });
    // The server is listening at a port, so its address is one.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const get = createGithubFetch(LONG_MS);
  const post = { method: 'POST', body: '{"body":"hello"}', headers: { authorization: 'token t' } };

  test.each([301, 302, 307, 308])('follows %i with the same method and body', async (status) => {
    const seen: unknown[] = [];
    async function answer(request: IncomingMessage, response: ServerResponse) {
      seen.push([request.method, request.url, await text(request), request.headers.authorization]);
      const moved = request.url === '/old';
      response.writeHead(moved ? status : 201, moved ? { location: '/new' } : {}).end('{}');
    }
    const url = await serve((request, response) => void answer(request, response));
    expect((await get(`${url}/old`, post)).status).toBe(201);
    expect(seen).toEqual([
      ['POST', '/old', post.body, 'token t'],
      ['POST', '/new', post.body, 'token t'],
    ]);
  });

  test('takes its token to no other host', async () => {
    const stranger: string[] = [];
    const other = await serve((request, response) => {
      stranger.push(request.url ?? '');
      response.end('{}');
    });
    const url = await serve((_request, response) => {
      response.writeHead(307, { location: `${other}/steal` }).end();
    });
    await expect(get(url, post)).rejects.toThrow('another host');
    expect(stranger).toEqual([]);
  });

  test('asks when the connection stands whether it may still write, and sends nothing when not', async () => {
    const seen: unknown[] = [];
    async function answer(request: IncomingMessage, response: ServerResponse) {
      seen.push([request.method, request.headers['content-length'], await text(request)]);
      response.writeHead(201).end('{}');
    }
    const url = await serve((request, response) => void answer(request, response));
    let lost = false;
    const write = createGithubFetch(LONG_MS, async () => {
      await Promise.resolve();
      if (lost) {
        throw new Error('the lease is lost');
      }
    });
    const body = '{"body":"größer"}';
    expect((await write(url, { method: 'POST', body })).status).toBe(201);
    lost = true;
    await expect(write(url, { method: 'POST', body })).rejects.toThrow('the lease is lost');
    expect((await write(url, { method: 'GET' })).status).toBe(201);
    expect(seen).toEqual([
      ['POST', String(Buffer.byteLength(body)), body],
      ['GET', undefined, ''],
    ]);
  });

  test.each([
    ['POST', '{}'],
    ['PUT', '{}'],
    ['PATCH', '{}'],
    ['DELETE', '{}'],
    ['POST', undefined],
    ['PUT', undefined],
    ['DELETE', undefined],
  ])('asks before a %s with the body %s, also on a connection that is kept', async (method, body) => {
    const seen: unknown[] = [];
    async function answer(request: IncomingMessage, response: ServerResponse) {
      seen.push([request.method, request.headers['transfer-encoding'], await text(request)]);
      response.writeHead(204).end();
    }
    const url = await serve((request, response) => void answer(request, response));
    let asked = 0;
    const write = createGithubFetch(LONG_MS, async () => {
      await Promise.resolve();
      asked += 1;
      if (asked > 1) {
        throw new Error('the lease is lost');
      }
    });
    const options = { method, ...(body === undefined ? {} : { body }) };
    expect((await write(url, options)).status).toBe(204);
    await expect(write(url, options)).rejects.toThrow('the lease is lost');
    expect(seen).toEqual([[method, undefined, body ?? '']]);
  });

  test('does not turn in circles', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(301, { location: '/' }).end();
    });
    await expect(get(`${url}/`, {})).rejects.toThrow('more than 5 times');
  });

  const json = { 'content-type': 'application/json; charset=utf-8' };

  test.each<[string, RequestListener]>([
    ['no answer', () => {}],
    ['an answer that never ends', (_request, response) => response.writeHead(200, json).write('{"a":')],
  ])('rejects %s, at its time', async (_name, listener) => {
    const getSoon = createGithubFetch(SHORT_MS);
    await expect(getSoon(await serve(listener), {})).rejects.toThrow(/timeout/);
  });

  test.each<[string, RequestListener]>([
    [
      'a connection that breaks in the middle',
      (_request, response) => {
        response.writeHead(200, { ...json, 'content-length': '50' }).write('{"a":');
        setImmediate(() => response.destroy());
      },
    ],
    ['half of the JSON', (_request, response) => response.writeHead(200, json).end('{"a":[1,2')],
    ['an HTML page as JSON', (_request, response) => response.writeHead(200, json).end('<html>')],
    [
      'broken gzip',
      (_request, response) =>
        response
          .writeHead(200, { ...json, 'content-encoding': 'gzip' })
          .end(gzipSync('{"a":1}').subarray(0, 15)),
    ],
  ])('rejects %s', async (_name, listener) => {
    await expect(get(await serve(listener), {})).rejects.toThrow();
  });

  test('hands errors on as they are', async () => {
    const url = await serve((_request, response) => response.writeHead(502, json).end('<html>bad gateway'));
    const response = await get(url, {});
    expect([response.status, await response.text()]).toEqual([502, '<html>bad gateway']);
  });

  test('hands answers without a body on', async () => {
    const url = await serve((_request, response) => response.writeHead(204).end());
    expect((await get(url, {})).status).toBe(204);
  });

  test('can be given up by the caller', async () => {
    const url = await serve(() => {});
    await expect(get(url, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
