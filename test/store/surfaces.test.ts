import { describe, expect, it } from 'vitest';
import { useStores } from './test-store.ts';

describe('src/store/create-surface-records', () => {
  const stores = useStores();

  it('remembers where a surface is and what was last written', async () => {
    const { surfaces } = await stores.open();
    const record = { remoteId: 9_007_199_254_740_991, url: 'https://github.com/a/b/issues/1', hash: 'aa' };
    expect(await surfaces.find('run-1', 'progress')).toBeNull();
    await surfaces.save('run-1', 'progress', record);
    await surfaces.save('run-2', 'progress', { ...record, remoteId: 5 });
    expect(await surfaces.find('run-1', 'progress')).toEqual(record);
    await surfaces.save('run-1', 'progress', { ...record, hash: 'bb' });
    expect(await surfaces.find('run-1', 'progress')).toEqual({ ...record, hash: 'bb' });
    expect((await surfaces.find('run-2', 'progress'))?.remoteId).toBe(5);
  });
});
