import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import type { IntakeOptions } from '../../../src/github/intake/create-intake.ts';
import { openIntake, toHeaders } from '../support/open-intake.ts';
import { labeled } from '../support/payloads.ts';

const MIB = 1024 * 1024;
describe('src/github/intake/create-intake.ts under load and attack', () => {
  let opened: Awaited<ReturnType<typeof openIntake>>[] = [];

  afterEach(async () => {
    await Promise.all(opened.map(({ intake }) => intake.stop(0)));
    opened = [];
  });

  async function open(over?: Partial<IntakeOptions>) {
    const one = await openIntake(over);
    opened.push(one);
    return one;
  }

  test('answers 413 to a body that says it is too large', async () => {
    const { stored, speak } = await open();
    const headers = Object.entries({
      ...toHeaders(''),
      'content-length': String(25 * MIB + 1),
      connection: 'close',
    });
    const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    const head = `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n`;
    expect(await speak(head)).toMatch(/^HTTP\/1\.1 413 /);
    expect(stored.size).toBe(0);
  });

  test('answers 413 to a body that turns out too large, and takes one of 25 MiB', async () => {
    const { url, deliver, stored } = await open();
    const upload = request(`${url}/api/github/webhooks`, { method: 'POST', headers: toHeaders('') });
    for (let sent = 0; sent <= 25; sent += 1) {
      upload.write(Buffer.alloc(MIB, ' '));
    }
    const [response] = await once(upload, 'response');
    expect(response.statusCode).toBe(413);
    upload.destroy();
    expect((await deliver({ body: JSON.stringify(labeled).padEnd(25 * MIB, ' ') })).status).toBe(202);
    expect(stored.size).toBe(1);
  });

  test('cuts slow clients off while others are served', async () => {
    const { speak, deliver } = await open({ timeouts: { headersMs: 300, requestMs: 600 } });
    const head = Object.entries({ ...toHeaders(''), 'content-length': '100' }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const slow = [
      ...Array.from({ length: 100 }, () => speak('POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n')),
      ...Array.from({ length: 100 }, () =>
        speak(`POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${head.join('\r\n')}\r\n\r\n{"a`),
      ),
    ];
    const startedAt = performance.now();
    expect((await deliver()).status).toBe(202);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    for (const answer of await Promise.all(slow)) {
      expect(answer).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
    }
  });

  test('answers 503 with a time to come back when the inbox fails', async () => {
    const { deliver, outcomes } = await open({
      inbox: { put: () => Promise.reject(new Error('disk full at /secret')) },
    });
    const answer = await deliver();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
    expect(answer.text).not.toContain('secret');
    expect(outcomes).toEqual(['unavailable']);
  });

  test('finishes what is open when it stops, and takes nothing more', async () => {
    const put = Promise.withResolvers<'stored'>();
    const reached = Promise.withResolvers<void>();
    const { intake, deliver } = await open({
      inbox: {
        put() {
          reached.resolve();
          return put.promise;
        },
      },
    });
    const unfinished = deliver();
    await reached.promise;
    const stopped = intake.stop();
    await expect(deliver()).rejects.toThrow();
    put.resolve('stored');
    expect((await unfinished).status).toBe(202);
    await stopped;
    await intake.stop();
  });

  test('does not wait for ever for a client when it stops', async () => {
    const { intake, speak } = await open();
    const accepted = once(intake.server, 'request');
    const head = Object.entries({ ...toHeaders(''), 'content-length': '100' }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const hanging = speak(`POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n${head.join('\r\n')}\r\n\r\n{"a`);
    await accepted;
    await intake.stop(50);
    expect(await hanging).toBe('');
  });
});
