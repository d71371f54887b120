import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** What some process performs, or has performed. */
export interface Execution {
  /** Of the run, or of the agent call of a run, which has a number behind it. */
  readonly id: string;
  readonly pid: number;
}

const LOOK_EVERY_MS = 20;
/** Ends what hangs, and before the test is ended, which would not tell what was waited for. */
const LIMIT_MS = 240_000;

const IDS = { run: '^run-[0-9a-f]{20}$', call: '^run-[0-9a-f]{20}-\\d+$' };

/** Resolves with the newest run (or agent call) that a process performs, once there is one. */
export function untilPerformed(databaseUrl: string, what: 'run' | 'call'): Promise<Execution> {
  return untilFound(databaseUrl, `such a ${what} is performed`, async (client) => {
    const { rows } = await client.query<{ id: string; executor: string }>(
      `select workflow_uuid as id, executor_id as executor from dbos.workflow_status
       where status = 'PENDING' and workflow_uuid ~ $1 order by created_at desc limit 1`,
      [IDS[what]],
    );
    return rows[0] === undefined ? null : { id: rows[0].id, pid: toPid(rows[0].executor) };
  });
}

/** Resolves once so many calls of agents are performed at the same time. */
export async function untilPerformedTogether(databaseUrl: string, count: number): Promise<void> {
  await untilFound(databaseUrl, `${count} calls are performed at the same time`, async (client) => {
    const { rowCount } = await client.query(
      `select 1 from dbos.workflow_status where status = 'PENDING' and workflow_uuid ~ $1`,
      [IDS.call],
    );
    return (rowCount ?? 0) >= count ? true : null;
  });
}

/** Resolves once that process has it, also when it has finished it by then. */
export async function untilTakenOver(databaseUrl: string, { id, pid }: Execution): Promise<void> {
  await untilFound(databaseUrl, `process ${pid} has ${id}`, async (client) => {
    const { rows } = await client.query<{ executor: string }>(
      'select executor_id as executor from dbos.workflow_status where workflow_uuid = $1',
      [id],
    );
    return rows.find(({ executor }) => toPid(executor) === pid) ?? null;
  });
}

/** Resolves once so many calls of agents have come to their ends and are stored. */
export async function untilCallsStored(databaseUrl: string, count: number): Promise<void> {
  await untilFound(databaseUrl, `${count} calls are stored`, async (client) => {
    const { rowCount } = await client.query(
      `select 1 from dbos.workflow_status where status = 'SUCCESS' and workflow_uuid ~ $1`,
      [IDS.call],
    );
    return (rowCount ?? 0) >= count ? true : null;
  });
}

async function untilFound<Found>(
  databaseUrl: string,
  what: string,
  look: (client: Client) => Promise<Found | null>,
): Promise<Found> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const deadline = performance.now() + LIMIT_MS; performance.now() < deadline; ) {
      const found = await look(client);
      if (found !== null) {
        return found;
      }
      await delay(LOOK_EVERY_MS);
    }
    throw new Error(`Waited ${LIMIT_MS} ms until ${what}.`);
  } finally {
    await client.end();
  }
}

/** Executors are named `<host>-<pid>-<random>`. */
function toPid(executor: string): number {
  return Number(/-(\d+)-[0-9a-f]+$/.exec(executor)?.[1]);
}
