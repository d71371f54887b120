import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ModelLine } from '../../src/ports/model-gateway.ts';
import { answerChat } from '../support/fake-provider.ts';
import { ask, REQUEST, useGateways } from './lines.ts';

const BODY = { model: 'model-a', messages: [] };

/** JSON that can be read, and that nothing which calls itself for each level can write. */
function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}

/** A request that never ends, of which so much has arrived. */
async function begin(line: ModelLine, bytes: number): Promise<{ answered: Promise<string>; end(): void }> {
  const socket = connect(line.socketPath);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const answered = once(socket, 'data').then(([data]) => String(data).split('\r\n', 1)[0] ?? '');
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: line\r\nauthorization: Bearer ${line.token}\r\ncontent-length: ${32 * 1024 * 1024}\r\n\r\n`,
  );
  socket.write(Buffer.alloc(bytes, 0x20));
  return { answered, end: () => void socket.destroy() };
}

describe('gateway: a client that means harm', () => {
  const gateways = useGateways();

  it('gets an answer to a body that is nested too deeply, and harms nobody else', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(answerChat('hi'));
    const line = await gateway.open(REQUEST);
    const deep = nested(500_000);
    for (const body of [
      `{"model":"model-a","messages":[],"metadata":${deep}}`,
      `{"model":"model-a","messages":${deep}}`,
      `{"model":"model-a","messages":[],"tools":${deep}}`,
      deep,
    ]) {
      expect([400, 403]).toContain((await ask(line, body)).status);
    }
    expect(fake.asked).toEqual([]);
    expect((await ask(line, BODY)).status).toBe(200);
  });

  it('cannot fill the memory with requests that it does not end', async () => {
    const { fake, gateway } = await gateways.open();
    fake.answer(answerChat('hi'));
    const line = await gateway.open(REQUEST);
    const begun = await Promise.all(Array.from({ length: 8 }, () => begin(line, 64 * 1024)));
    const more = await begin(line, 64 * 1024);
    expect(await more.answered).toContain('429');
    const other = await gateway.open({ ...REQUEST, step: 'review' });
    expect((await ask(other, BODY)).status).toBe(200);
    for (const one of begun) {
      one.end();
    }
    await expect.poll(async () => (await ask(line, BODY)).status).toBe(200);
  });
});
