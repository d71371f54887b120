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

  /** Clients that never come to the end of their head, or of their body; what each was answered when it was cut off. */
  function speakSlowly({ speak }: Awaited<ReturnType<typeof openIntake>>): readonly Promise<string>[] {
    const head = Object.entries({ ...toHeaders(''), 'content-length': '100' }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const begun = 'POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\n';
    return Array.from({ length: 200 }, (_, index) =>
      speak(index % 2 === 0 ? begun : `${begun}${head.join('\r\n')}\r\n\r\n{"a`),
    );
  }

  test('serves others while clients are slow', async () => {
    // So late that none of them is cut off before.
    const one = await open({ timeouts: { headersMs: 600_000, requestMs: 600_000 } });
    const slow = Promise.all(speakSlowly(one));
    expect(await Promise.race([one.deliver(), slow])).toMatchObject({ status: 202 });
  });

  test('keeps a connection longer than the proxies before it do', async () => {
    const { deliver } = await open();
    const kept = /^timeout=(\d+)$/.exec((await deliver()).headers.get('keep-alive') ?? '');
    expect(Number(kept?.[1])).toBeGreaterThan(60);
  });

  test('cuts slow clients off', async () => {
    const one = await open({ timeouts: { headersMs: 300, requestMs: 600 } });
    for (const answer of await Promise.all(speakSlowly(one))) {
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
