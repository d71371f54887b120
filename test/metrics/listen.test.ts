import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type ListenOptions, listen } from '../../src/metrics/listen.ts';

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let close: (() => Promise<void>) | null = null;
afterEach(async () => {
  await close?.();
  close = null;
});

async function open(options: Partial<ListenOptions>): Promise<string> {
  const listening = await listen({
    host: '127.0.0.1',
    port: 0,
    token: null,
    exposition: { print: () => Promise.resolve('baton_runs 1\n') },
    log: SILENT,
    ...options,
  });
  close = () => listening.close();
  return listening.url;
}

/** With headers that `fetch` does not let us choose. */
function get(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('src/metrics/listen', () => {
  test('without a token only this machine is answered, by its own names', async () => {
    const url = await open({});
    expect(await get(url, {})).toBe(200);
    expect(await get(url, { host: 'localhost:9464' })).toBe(200);
    expect(await get(url, { host: 'rebound.example.com' })).toBe(403);
  });

  test('with a token any name is answered, and nobody without it', async () => {
    const url = await open({ token: 'a-token' });
    expect(await get(url, { host: 'baton.example.com', authorization: 'Bearer a-token' })).toBe(200);
    expect(await get(url, { authorization: 'Bearer a-toke' })).toBe(401);
    expect(await get(url, {})).toBe(401);
  });

  test('what cannot be read now is said, and the next scrape is answered', async () => {
    let answers = 0;
    const url = await open({
      exposition: {
        print() {
          answers += 1;
          return answers === 1 ? Promise.reject(new Error('no database')) : Promise.resolve('');
        },
      },
    });
    expect(await get(url, {})).toBe(503);
    expect(await get(url, {})).toBe(200);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });
});
