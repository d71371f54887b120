import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { explainSilence } from '../../../src/composition/explain-trouble.ts';
import { freePort } from '../../support/free-port.ts';
import { makeCertificate } from '../../support/make-certificate.ts';

/** What `fetch` throws when it gets no answer from there. */
async function askInVain(url: string): Promise<unknown> {
  const answer: unknown = await fetch(url, { method: 'HEAD' }).catch((error: unknown) => error);
  expect(answer).toBeInstanceOf(Error);
  return answer;
}

describe('src/composition/preflight/checks/clock', () => {
  it('says that a certificate is not trusted, and what to do about it', async () => {
    const server = createServer(await makeCertificate()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { text, remedy } = explainSilence(await askInVain(url), url);
    server.close();
    expect(text).toMatch(/^the certificate of https:\/\/127\.0\.0\.1:\d+ is not trusted: .*self-signed/);
    expect(remedy).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('says that nobody listens there, and what to look at', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { text, remedy } = explainSilence(await askInVain(url), url);
    expect(text).toMatch(/^http:\/\/127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/);
    expect(remedy).toContain('Check host and port in GITHUB_API_URL');
  });
});
