import { describe, expect, it } from 'vitest';
import { KeptConnection } from '../../src/engine/replica/kept-connection.ts';
import { pruneEnded } from '../../src/engine/replica/prune-ended.ts';
import { SILENT } from '../support/examples.ts';
import { untilNoted } from './replica.ts';
import { setStage } from './stage.ts';

const HOOKS = { prepare: async () => {}, onLost() {}, onRestored() {}, onNotification() {} };
/** Everything that has ended by now is older than this. */
const ALL_AGES = -60_000;

describe('src/engine/replica/prune-ended', () => {
  const stage = setStage();

  it('deletes what has ended, with all that was remembered of it, and leaves what is under way', async () => {
    const replica = await stage.start();
    const call = { kind: 'call', name: 'c', ms: 0, role: 'coder' } as const;
    await replica.run('over', [call]);
    await replica.run('waiting', [call, { kind: 'receive', waitMs: null }]);
    await untilNoted(stage.journal, { what: 'ended', run: 'over' });
    const connection = new KeptConnection(stage.databaseUrl, SILENT);
    await connection.open(HOOKS);
    try {
      await expect
        .poll(async () => (await ids(connection, 'workflow_status', `status = 'SUCCESS'`)).length)
        .toBe(3);
      expect(await pruneEnded(stage.databaseUrl, { olderThanMs: 60_000, limit: 100 })).toBe(0);
      expect(await pruneEnded(stage.databaseUrl, { olderThanMs: ALL_AGES, limit: 1 })).toBe(1);
      expect(await pruneEnded(stage.databaseUrl, { olderThanMs: ALL_AGES, limit: 100 })).toBe(1);
      const left = await ids(connection, 'workflow_status', 'true');
      expect(left.filter((id) => id.startsWith('over'))).toEqual([]);
      expect(left.filter((id) => id.startsWith('waiting'))).toHaveLength(2);
      for (const table of ['operation_outputs', 'workflow_input', 'workflow_output']) {
        const kept = await ids(connection, table, 'true');
        expect(kept.filter((id) => id.startsWith('over'))).toEqual([]);
        expect(kept.filter((id) => id.startsWith('waiting'))).not.toEqual([]);
      }
    } finally {
      await connection.close();
    }
  });
});

async function ids(connection: KeptConnection, table: string, condition: string): Promise<string[]> {
  const rows = await connection.query<{ id: string }>(
    `select workflow_uuid as id from dbos.${table} where ${condition}`,
    [],
  );
  return rows.map(({ id }) => id);
}
