import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEgressProxy, type EgressOptions } from '../../../src/gateway/egress/create-egress-proxy.ts';
import type { Egress, EgressRules, Host } from '../../../src/ports/egress.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) {
    await close();
  }
});

/** What answers behind the proxy. */
let server: Server;
let port = 0;
let seen: { url: string | undefined; headers: Record<string, unknown> }[] = [];
beforeEach(async () => {
  seen = [];
  server = createServer((incoming, response) => {
    seen.push({ url: incoming.url, headers: incoming.headers });
    if (incoming.url === '/large') {
      response.end(Buffer.alloc(200_000));
    } else if (incoming.url === '/silent') {
      response.write('a');
    } else if (incoming.url === '/drip') {
      const drip = setInterval(() => response.write('a'), 10);
      response.once('close', () => clearInterval(drip));
    } else if (incoming.method === 'POST') {
      void text(incoming).then((body) => response.end(`got ${body}`));
    } else {
      response.end('hello');
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
});

async function open(
  rules: Partial<EgressRules> = {},
  options: Pick<EgressOptions, 'limits' | 'resolve'> = {},
): Promise<Egress> {
  const home = await mkdtemp(join(tmpdir(), 'baton-egress-'));
  closers.push(() => rm(home, { recursive: true, force: true }));
  const proxy = await createEgressProxy({ home, policy: { mirrors: new Map(), hosts: [] }, ...options });
  closers.push(() => proxy.close());
  return proxy.open({ hosts: [here()], inside: [here()], sends: false, ...rules });
}

/** The server above, by a name. */
function here(name = 'localhost'): Host {
  return { name, port };
}

/** Asks for a tunnel, and for `path` through it. */
async function throughTunnel(egress: Egress, authority: string, path = '/'): Promise<string> {
  const asked = request({ socketPath: egress.socketPath, method: 'CONNECT', path: authority });
  asked.end();
  const { status, socket } = await new Promise<{ status: number; socket: Duplex }>((resolve, reject) => {
    asked.once('connect', ({ statusCode = 0 }, stream, head) => {
      stream.unshift(head);
      resolve({ status: statusCode, socket: stream });
    });
    asked.once('error', reject);
  });
  if (status === 200) {
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  }
  socket.on('error', () => undefined);
  const got = await text(socket).catch(() => 'cut off');
  return `${status} ${got}`;
}

/** Asks for an `http:` URL as clients ask a proxy. */
function get(
  egress: Egress,
  url: string,
  { body = '', ...options }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const asked = request({ socketPath: egress.socketPath, path: url, ...options });
    asked.once('response', (response) => {
      text(response).then(
        (got) => resolve(`${response.statusCode} ${got}`),
        () => resolve('cut off'),
      );
    });
    asked.once('error', () => resolve('broken off'));
    asked.end(body);
  });
}

describe('gateway/egress/create-egress-proxy', () => {
  it('lets named hosts through, as a tunnel and for http: URLs, and counts', async () => {
    const egress = await open();
    expect(await throughTunnel(egress, `localhost:${port}`)).toContain('hello');
    expect(await get(egress, `http://LOCALHOST:${port}/a?b=c`)).toBe('200 hello');
    expect(seen.at(-1)?.url).toBe('/a?b=c');
    const { refused, unreachable, bytes } = egress.report();
    expect({ refused, unreachable }).toEqual({ refused: [], unreachable: [] });
    expect(bytes).toBeGreaterThan(100);
  });

  it('passes no credentials on, and nothing that is about the connection to the proxy', async () => {
    const egress = await open();
    const headers = {
      authorization: 'Bearer abc',
      cookie: 'a=b',
      'proxy-authorization': 'Basic abc',
      accept: 'text/html',
    };
    await get(egress, `http://localhost:${port}/`, { headers });
    expect(seen[0]?.headers).toEqual({
      accept: 'text/html',
      host: `localhost:${port}`,
      connection: 'close',
    });
  });

  it('sends a question with its body where the rules say so, and counts it', async () => {
    const egress = await open({ sends: true });
    const body = 'x'.repeat(1_000);
    expect(await get(egress, `http://localhost:${port}/`, { method: 'POST', body })).toBe(`200 got ${body}`);
    expect(egress.report().bytes).toBeGreaterThan(2_000);
    expect(await get(egress, `http://localhost:${port}/`, { method: 'PUT' })).toMatch(/^405/);
  });

  it.each(['POST', 'PUT', 'DELETE'])('sends nothing by %s', async (method) => {
    const egress = await open();
    expect(await get(egress, `http://localhost:${port}/`, { method })).toMatch(/^405/);
    expect(seen).toEqual([]);
  });

  it('refuses every other host and port, and tells which were asked for', async () => {
    const egress = await open();
    expect(await throughTunnel(egress, 'evil.example:443')).toBe('403 it is not on the list of hosts\n');
    expect(await throughTunnel(egress, `localhost:${port + 1}`)).toMatch(/^403/);
    expect(await throughTunnel(egress, `sub.localhost:${port}`)).toMatch(/^403/);
    expect(await get(egress, 'http://evil.example/x')).toMatch(/^403/);
    expect(egress.report().refused.map(({ target }) => target)).toEqual([
      'evil.example:443',
      `localhost:${port + 1}`,
      `sub.localhost:${port}`,
      'evil.example:80',
    ]);
  });

  it('tells what was asked for without what could be more than a name', async () => {
    const egress = await open();
    await throughTunnel(egress, 'user@octocat:443');
    expect(egress.report().refused).toEqual([
      { target: 'user?octocat:443', why: 'only hosts by their names can be reached' },
    ]);
  });

  it('reaches nothing by an address, however it is written', async () => {
    const egress = await open({ hosts: [here('127.0.0.1'), here('2130706433'), here('0x7f.1')] });
    for (const name of ['127.0.0.1', '[::1]', '2130706433', '0x7f.1', '127.1', '0177.0.0.1']) {
      expect(await throughTunnel(egress, `${name}:${port}`)).toMatch(/^403 only hosts by their names/);
    }
    expect(await get(egress, `http://127.0.0.1:${port}/`)).toMatch(/^403/);
    expect(seen).toEqual([]);
  });

  it.each([
    ['the loopback network', '127.0.0.1', 4],
    ['the metadata of a cloud', '169.254.169.254', 4],
    ['a private network', '10.1.2.3', 4],
    ['another one', '192.168.0.1', 4],
    ['this machine', '0.0.0.0', 4],
    ['the loopback network of IPv6', '::1', 6],
    ['an IPv4 address in an IPv6 one', '::ffff:127.0.0.1', 6],
    ['a translated address', '64:ff9b::7f00:1', 6],
    ['a local network of IPv6', 'fd00::1', 6],
    ['a link of IPv6', 'fe80::1', 6],
  ])('refuses a name that leads to %s', async (_, address, family) => {
    function resolve() {
      return Promise.resolve([{ address, family }]);
    }
    const egress = await open({ hosts: [here('registry.example')], inside: [] }, { resolve });
    expect(await throughTunnel(egress, `registry.example:${port}`)).toBe(
      '403 its name leads into a private network\n',
    );
    expect(seen).toEqual([]);
  });

  it('refuses a name of which only one address is private, and looks it up anew each time', async () => {
    const answers = [
      [
        { address: '203.0.114.9', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
      [{ address: '127.0.0.1', family: 4 }],
    ];
    function resolve() {
      return Promise.resolve(answers.shift() ?? []);
    }
    const egress = await open({ hosts: [here('registry.example')], inside: [] }, { resolve });
    expect(await throughTunnel(egress, `registry.example:${port}`)).toMatch(/^403/);
    expect(await throughTunnel(egress, `registry.example:${port}`)).toMatch(/^403/);
    expect(seen).toEqual([]);
  });

  it('tells a host that does not answer from one that is forbidden', async () => {
    const gone = { name: 'gone.example', port: 443 };
    const egress = await open({ hosts: [gone] }, { resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(await throughTunnel(egress, 'gone.example:443')).toMatch(/^502/);
    expect(egress.report()).toMatchObject({
      refused: [],
      unreachable: [{ target: 'gone.example:443', why: 'its name has no address' }],
    });
  });

  it.each([
    ['bytes', '/large', { bytes: 50_000 }, /bytes were transferred/],
    ['silence', '/silent', { silenceMs: 50 }, /nothing came for too long/],
    ['time, when it only drips', '/drip', { durationMs: 200 }, /lasted too long/],
  ])('ends a connection over the limit of %s', async (_, path, limits, why) => {
    for (const ask of [
      (egress: Egress) => throughTunnel(egress, `localhost:${port}`, path),
      (egress: Egress) => get(egress, `http://localhost:${port}${path}`),
    ]) {
      const egress = await open({}, { limits });
      await ask(egress);
      expect(egress.report()).toMatchObject({
        refused: [],
        cutOff: [{ target: `localhost:${port}`, why: expect.stringMatching(why) }],
        unreachable: [],
      });
    }
  });

  it('has no more connections at a time than it may', async () => {
    const egress = await open({}, { limits: { connections: 1 } });
    const first = throughTunnel(egress, `localhost:${port}`, '/silent');
    await once(server, 'request');
    expect(await throughTunnel(egress, `localhost:${port}`)).toMatch(/^429/);
    await egress.close();
    await first;
  });

  it('counts those that come together, before their host is found', async () => {
    const found = Promise.withResolvers<void>();
    async function resolve() {
      await found.promise;
      return [{ address: '127.0.0.1', family: 4 }];
    }
    const egress = await open({}, { limits: { connections: 2 }, resolve });
    const answers: string[] = [];
    const all = Array.from({ length: 6 }, async () => {
      answers.push((await throughTunnel(egress, `localhost:${port}`, '/drip')).slice(0, 3));
    });
    await expect.poll(() => answers).toEqual(['429', '429', '429', '429']);
    found.resolve();
    await expect.poll(() => seen.map(({ url }) => url)).toEqual(['/drip', '/drip']);
    await egress.close();
    await Promise.all(all);
    expect(answers.slice(4)).toEqual(['200', '200']);
  });

  it('has room again when a connection has ended', async () => {
    const egress = await open({}, { limits: { connections: 2 } });
    for (const _ of [1, 2, 3]) {
      expect(await throughTunnel(egress, `localhost:${port}`)).toContain('hello');
      expect(await get(egress, `http://localhost:${port}/`)).toBe('200 hello');
    }
  });

  it('leaves nothing open and no socket behind', async () => {
    const egress = await open();
    const hanging = throughTunnel(egress, `localhost:${port}`, '/silent');
    await once(server, 'request');
    await egress.close();
    await egress.close();
    await hanging;
    expect(existsSync(egress.socketPath)).toBe(false);
  });
});
