import { describe, expect, it } from 'vitest';
import { useStores } from './test-store.ts';

describe('src/store/read-secret', () => {
  const stores = useStores();

  it('gives all replicas the same secret, whoever asks first, and another one per name', async () => {
    const [one, other] = await Promise.all([stores.open(), stores.open()]);
    const [first, second] = await Promise.all([one.secret('markers'), other.secret('markers')]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).toBe(first);
    expect(await one.secret('something else')).not.toBe(first);
  });
});
