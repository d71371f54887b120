import { describe, expect, it } from 'vitest';
import { toEngineOptions } from '../../src/composition/to-engine-options.ts';
import { readSettings } from '../../src/config/read-settings.ts';
import { LATE_REPORT } from '../../src/orchestration/report-late.ts';
import { ReplayError } from '../../src/ports/durable.ts';
import { createLog } from '../../src/telemetry/create-log.ts';
import { ENOUGH } from '../config/environment.ts';
import { createInMemoryDurable } from '../support/in-memory-durable.ts';

describe('src/composition/to-engine-options', () => {
  it('abandons a late report that another version wrote, which the log has', async () => {
    const lines: string[] = [];
    const { workflows } = toEngineOptions(readSettings(ENOUGH), {
      databaseUrl: 'postgres://none',
      log: createLog({ level: 'error', format: 'json', secrets: [], write: (line) => lines.push(line) }),
      // The rest is not up yet.
      parts: new Promise(() => undefined),
      onLeaseLost: () => undefined,
    });
    const workflow = workflows[LATE_REPORT];
    const input = { decision: { kind: 'dance' }, replies: [{ message: { by: { login: 'grace' } } }] };
    const durable = createInMemoryDurable(() => Promise.resolve(null));
    const fault: unknown = await workflow?.perform(input, durable).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ReplayError);
    await workflow?.abandon?.({ id: 'late:old:end', input }, fault as ReplayError);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ late: 'late:old:end', people: ['grace'] }),
    ]);
  });
});
