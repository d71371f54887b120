import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { sendWrite, type Write } from '../../../src/github/octokit/send-write.ts';
import { makeCertificate } from '../../support/make-certificate.ts';

/** A server in a thread of its own, which tells through shared memory when a whole request has arrived. */
const ARRIVALS = `
const { parentPort, workerData } = require('node:worker_threads');
const arrived = new Int32Array(workerData);
require('node:http').createServer((request, response) => {
  request.resume().on('end', () => {
    Atomics.add(arrived, 0, 1);
    Atomics.notify(arrived, 0);
    response.end('{}');
  });
}).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
`;

const WRITE: Write = {
  method: 'POST',
  headers: { 'x-name': 'a' },
  body: '{"a":1}',
  signal: new AbortController().signal,
};

describe('src/github/octokit/send-write.ts', () => {
  const closers: (() => unknown)[] = [];
  const trusted = getCACertificates();
  afterEach(async () => {
    setDefaultCACertificates(trusted);
    for (const close of closers.splice(0)) {
      await close();
    }
  });

  async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    // The server is listening at a port, so its address is one.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it.each(['on a new connection', 'on one that is kept'])('has left at once when it may: %s', async (on) => {
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(ARRIVALS, { eval: true, workerData: arrived.buffer });
    closers.push(() => worker.terminate());
    const [port] = await once(worker, 'message');
    const url = `http://127.0.0.1:${port}/`;
    if (on === 'on one that is kept') {
      await sendWrite(url, WRITE, async () => undefined);
    }
    const before = Atomics.load(arrived, 0);
    let waited = '';
    const answer = await sendWrite(url, WRITE, async () => {
      // What is promised runs on before this; nothing that waits for an event does.
      process.nextTick(() => {
        waited = Atomics.wait(arrived, 0, before, 20_000);
      });
    });
    expect([answer.status, ['ok', 'not-equal'].includes(waited)]).toEqual([200, true]);
  });

  it('asks after the handshake, and only who is trusted is sent anything', async () => {
    const certificate = await makeCertificate();
    const received: string[] = [];
    async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
      received.push(`${request.method} ${await text(request)}`);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1}');
    }
    const server = createTlsServer(certificate, (request, response) => void receive(request, response));
    const url = (await listen(server)).replace('http:', 'https:');
    let asked = 0;
    async function mayWrite(): Promise<void> {
      asked += 1;
    }
    await expect(sendWrite(url, WRITE, mayWrite)).rejects.toThrow('self-signed certificate');
    expect([asked, received]).toEqual([0, []]);
    setDefaultCACertificates([certificate.cert]);
    const answer = await sendWrite(url, { ...WRITE, method: 'DELETE' }, mayWrite);
    expect([answer.status, await answer.json(), asked]).toEqual([201, { id: 1 }, 1]);
    expect(received).toEqual(['DELETE {"a":1}']);
  });

  it('sends nothing and keeps no connection when it may not', async () => {
    const received: string[] = [];
    const closed = Promise.withResolvers<void>();
    const url = await listen(
      createTcpServer((socket: Socket) => {
        socket.on('data', (bytes) => received.push(String(bytes))).on('close', () => closed.resolve());
        socket.on('error', () => undefined);
      }),
    );
    const write = sendWrite(url, WRITE, () => Promise.reject(new Error('the lease is lost')));
    await expect(write).rejects.toThrow('the lease is lost');
    await closed.promise;
    expect(received).toEqual([]);
  });

  it('tells that nobody listens, without asking', async () => {
    const server = createTcpServer();
    const url = await listen(server);
    server.close();
    let asked = 0;
    const write = sendWrite(url, WRITE, async () => {
      asked += 1;
    });
    await expect(write).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(asked).toBe(0);
  });

  it('tells that the other side has gone while it asked', async () => {
    const gone = Promise.withResolvers<void>();
    const url = await listen(
      createTcpServer((socket) => {
        socket.on('close', () => gone.resolve());
        socket.destroy();
      }),
    );
    await expect(sendWrite(url, WRITE, () => gone.promise)).rejects.toThrow(/hang up|ECONNRESET|EPIPE/);
  });

  it('gives up, with its reason, whatever it waits for', async () => {
    const url = await listen(createServer((request) => request.resume()));
    const asking = new AbortController();
    const asks = sendWrite(url, { ...WRITE, signal: asking.signal }, async () => {
      asking.abort(new Error('enough of asking'));
    });
    await expect(asks).rejects.toThrow('enough of asking');
    const waiting = new AbortController();
    const waits = sendWrite(url, { ...WRITE, signal: waiting.signal }, async () => {
      setImmediate(() => waiting.abort(new Error('enough of waiting')));
    });
    await expect(waits).rejects.toThrow('enough of waiting');
    const early = { ...WRITE, signal: AbortSignal.abort(new Error('never begun')) };
    await expect(sendWrite(url, early, async () => undefined)).rejects.toThrow('never begun');
  });
});
