import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** What some process is performing. */
export interface Execution {
  /** Of the run, or of the agent call of a run, which has a number behind it. */
  readonly id: string;
  readonly pid: number;
}

const LOOK_EVERY_MS = 20;

/** Resolves with the run (or the agent call) once a process for which `wanted` holds performs it. */
export async function untilPerformed(
  databaseUrl: string,
  what: 'run' | 'call',
  { wanted = () => true, ms = 20_000 }: { wanted?: (execution: Execution) => boolean; ms?: number } = {},
): Promise<Execution> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let waited = 0; waited < ms; waited += LOOK_EVERY_MS) {
      const { rows } = await client.query<{ id: string; executor: string }>(
        `select workflow_uuid as id, executor_id as executor from dbos.workflow_status
         where status = 'PENDING' and workflow_uuid ~ $1 order by created_at desc`,
        [what === 'run' ? '^run-[0-9a-f]{20}$' : '^run-[0-9a-f]{20}-\\d+$'],
      );
      const found = rows.map(({ id, executor }) => ({ id, pid: toPid(executor) })).find(wanted);
      if (found !== undefined) {
        return found;
      }
      await delay(LOOK_EVERY_MS);
    }
    throw new Error(`No process performs such a ${what}, after ${ms} ms.`);
  } finally {
    await client.end();
  }
}

/** Resolves once so many calls of agents have come to their ends and are stored. */
export async function untilCallsStored(databaseUrl: string, count: number, ms = 20_000): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let waited = 0; waited < ms; waited += LOOK_EVERY_MS) {
      const { rowCount } = await client.query(
        `select 1 from dbos.workflow_status where status = 'SUCCESS' and workflow_uuid ~ '^run-[0-9a-f]{20}-\\d+$'`,
      );
      if ((rowCount ?? 0) >= count) {
        return;
      }
      await delay(LOOK_EVERY_MS);
    }
    throw new Error(`No ${count} calls are stored, after ${ms} ms.`);
  } finally {
    await client.end();
  }
}

/** Executors are named `<host>-<pid>-<random>`. */
function toPid(executor: string): number {
  return Number(/-(\d+)-[0-9a-f]+$/.exec(executor)?.[1]);
}
