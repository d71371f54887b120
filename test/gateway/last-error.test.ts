import { describe, expect, it } from 'vitest';
import { answerChat, answerJson } from '../support/fake-provider.ts';
import { ask, REQUEST, useGateways } from './lines.ts';

const CALL = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };
const gateways = useGateways();

async function openLine() {
  const { gateway, fake } = await gateways.open();
  return { fake, line: await gateway.open(REQUEST) };
}

describe('gateway: what the provider said last', () => {
  it('is kept until the next call, and answers are counted', async () => {
    const { fake, line } = await openLine();
    expect([line.answers(), line.lastError()]).toEqual([0, null]);
    fake.answer(answerJson({ error: { message: 'no such model' } }, 404));
    await ask(line, CALL);
    expect(line.lastError()).toEqual({ status: 404, message: 'no such model' });
    fake.answer(answerChat('Hello'));
    await ask(line, CALL);
    expect([line.answers(), line.lastError()]).toEqual([1, null]);
  });

  it('is nothing when another call was answered meanwhile, or nobody waits for it', async () => {
    const { fake, line } = await openLine();
    const late = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    fake.answer(async (...given) => {
      fake.answer(answerChat('Hello'));
      asked.resolve();
      await late.promise;
      await answerJson({ error: { message: 'no such model' } }, 404)(...given);
    });
    const slow = ask(line, CALL);
    await asked.promise;
    await ask(line, CALL);
    late.resolve();
    expect((await slow).status).toBe(404);
    expect(line.lastError()).toBeNull();

    const hanging = Promise.withResolvers<void>();
    fake.answer(() => hanging.resolve());
    const given = new AbortController();
    const aborted = ask(line, CALL, { signal: given.signal }).catch(() => 'aborted');
    await hanging.promise;
    given.abort();
    expect(await aborted).toBe('aborted');
    await line.close();
    expect(line.lastError()).toBeNull();
  });

  it('is told for a provider that is not there', async () => {
    const { fake, line } = await openLine();
    await fake.stop();
    await ask(line, CALL);
    expect(line.lastError()).toMatchObject({ status: 502 });
  });
});
