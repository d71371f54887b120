import type { SurfaceRecord, SurfaceRecords } from '../../../src/ports/surfaces.ts';

/** Surface records in memory; `forget` is what a crash before `save` leaves. */
export function createInMemoryRecords(): SurfaceRecords & { forget(): void } {
  const records = new Map<string, SurfaceRecord>();
  return {
    find: (owner, key) => Promise.resolve(records.get(`${owner} ${key}`) ?? null),
    save: (owner, key, record) => {
      records.set(`${owner} ${key}`, record);
      return Promise.resolve();
    },
    forget: () => records.clear(),
  };
}
