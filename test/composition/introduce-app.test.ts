import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
  setGlobalProxyFromEnv,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { introduceApp } from '../../src/composition/introduce-app.ts';
import { toSecret } from '../../src/config/secret.ts';
import { createGithubApp } from '../../src/github/create-github-app.ts';
import { createLog } from '../../src/telemetry/create-log.ts';
import { freePort } from '../support/free-port.ts';
import { makeCertificate } from '../support/make-certificate.ts';

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

const closers: (() => void)[] = [];
afterAll(async () => {
  for (const close of closers) {
    close();
  }
});

async function listen(server: Server & { closeAllConnections(): void }): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  // It listens at a port, so its address is one.
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

/** An enterprise server: pages everywhere, and the API below `/api/v3`. */
function enterprise({ url, headers }: IncomingMessage, response: ServerResponse): void {
  if (url !== '/api/v3/app') {
    const isPage = url === '/login';
    response.writeHead(isPage ? 200 : 302, { 'content-type': 'text/html', location: '/login' }).end('<html>');
    return;
  }
  const known = headers.authorization !== undefined;
  response
    .writeHead(known ? 200 : 401, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(known ? { slug: 'baton' } : { message: 'A JSON web token could not be decoded' }));
}

/** What is told while it waits for the first time, or why it does not. */
async function introduce(apiUrl: string, key = KEY.toString()): Promise<unknown> {
  const app = { id: 7, privateKey: toSecret(key), webhookSecret: toSecret('x') };
  const { promise: told, resolve } = Promise.withResolvers<unknown>();
  const log = createLog({
    level: 'warn',
    format: 'json',
    secrets: [],
    write: (text) => resolve(JSON.parse(text)),
  });
  const github = createGithubApp({
    appId: app.id,
    // What is not a key for it is found when it is to sign.
    privateKey: key,
    webhookSecret: 'x',
    apiUrl,
    lease: { assertHeld: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
  });
  const waiting = { now: () => 0, sleep: () => new Promise<void>(() => undefined) };
  const introduced = introduceApp(github, {
    app: { ...app, privateKey: toSecret(KEY.toString()) },
    apiUrl,
    log,
    timer: waiting,
  });
  return Promise.race([told, introduced]);
}

describe('src/composition/introduce-app', () => {
  it('is who GitHub says', async () => {
    const url = await serve(enterprise);
    expect(await introduce(`${url}/api/v3`)).toMatchObject({ login: 'baton[bot]' });
  });

  it.each(['', '/api', '/api/graphql', '/acme/baton'])(
    'an address of pages, %j, is told from the API',
    async (path) => {
      const url = await serve(enterprise);
      await expect(introduce(`${url}${path}`)).rejects.toThrow(
        `and ${url}/api/v3 is. Write GITHUB_API_URL=${url}/api/v3.`,
      );
    },
  );

  it('all addresses where the API may be are asked side by side', async () => {
    const all = Promise.withResolvers<void>();
    let asked = 0;
    const url = await serve((request, response) => {
      if (request.headers.authorization !== undefined) {
        enterprise(request, response);
        return;
      }
      // Nobody is answered before all three have asked; who is led on to a page comes after that.
      asked += 1;
      if (asked === 3) {
        all.resolve();
      }
      void all.promise.then(() => enterprise(request, response));
    });
    await expect(introduce(`${url}/acme/baton`)).rejects.toThrow(`Write GITHUB_API_URL=${url}/api/v3.`);
  });

  it('where there is no API at all it says so', async () => {
    const url = await serve((_, response) => response.end('<html>hello'));
    await expect(introduce(url)).rejects.toThrow(/is not the REST API of GitHub: .+https:\/\/HOST\/api\/v3/);
  });

  it('an App that GitHub does not know is refused, at the right address', async () => {
    const url = await serve(({ headers }, response) => {
      response
        .writeHead(headers.authorization === undefined ? 401 : 404, { 'content-type': 'application/json' })
        .end('{"message":"Integration not found"}');
    });
    await expect(introduce(url)).rejects.toThrow(
      /refuses us \(App 7, .+Integration not found.+Compare APP_ID/,
    );
  });

  it('a certificate of an unknown authority ends the start, with the way to make it known', async () => {
    const server = createTlsServer(await makeCertificate(), enterprise);
    const url = `https://127.0.0.1:${await listen(server)}/api/v3`;
    await expect(introduce(url)).rejects.toThrow(
      /certificate of .+ is not trusted.+self-signed.+NODE_EXTRA_CA_CERTS/s,
    );
  });

  it('a key that signs nothing ends the start', async () => {
    const url = await serve(enterprise);
    const broken = KEY.toString().replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    await expect(introduce(`${url}/api/v3`, broken)).rejects.toThrow(
      /private key cannot be used.+PRIVATE_KEY_PATH/,
    );
  });

  it.each([
    [
      'a name that nobody knows',
      () => `https://${'a'.repeat(64)}.test/api/v3`,
      /name .+ is not found/,
      /name servers/,
    ],
    [
      'nobody at the port',
      async () => `http://127.0.0.1:${await freePort()}`,
      /ECONNREFUSED/,
      /host and port/,
    ],
    [
      'an outage',
      () => serve((_, response) => response.writeHead(502).end('bad gateway')),
      /cannot be reached/,
      /githubstatus/,
    ],
  ])('%s is waited for, and said by its name', async (_title, where, found, remedy) => {
    expect(await introduce(await where())).toMatchObject({
      msg: expect.stringMatching(/it is asked again/),
      found: expect.stringMatching(found),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('a proxy that refuses is waited for, and said by its name', async () => {
    const proxy = createServer();
    proxy.on('connect', (_, client) => client.end('HTTP/1.1 407 Who are you\r\n\r\n'));
    const restore = setGlobalProxyFromEnv({ https_proxy: `http://127.0.0.1:${await listen(proxy)}` });
    try {
      expect(await introduce('https://github.example/api/v3')).toMatchObject({
        found: expect.stringMatching(/proxy does not let us out \(Proxy response \(407\)/),
        remedy: expect.stringMatching(/user name and password in HTTPS_PROXY/),
      });
    } finally {
      restore();
    }
  });
});
