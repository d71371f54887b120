import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { LeaseHolders } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';

/** Proves to other processes that this one is alive and may be in the middle of a send. */
export interface LedgerSession {
  /** The name under which this process owns the effects it sends. Opens the session when there is none. */
  owner(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Among processes with leases the lease is the proof: whoever has lost it sends nothing any more, while one whose
 * connection to the database broke may be in the middle of a send.
 */
export function nameLedgerSession({ self }: LeaseHolders): LedgerSession {
  return { owner: () => Promise.resolve(self), close: () => Promise.resolve() };
}

/**
 * Without leases: a connection that holds an advisory lock on the owner's name and does nothing else. The database
 * drops the lock with the process, and then anyone may take its effects over. After a lost connection the owner has a
 * new name.
 */
export function openLedgerSession(databaseUrl: string, log: Log): LedgerSession {
  let current: Promise<{ owner: string; client: Client }> | null = null;

  async function open(): Promise<{ owner: string; client: Client }> {
    const client = new Client({
      connectionString: databaseUrl,
      application_name: 'baton ledger',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    client.on('error', (error) => log.warn({ error }, 'the ledger session broke; it will be opened again'));
    client.on('end', () => {
      current = null;
    });
    await client.connect();
    const owner = randomUUID();
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [owner]);
    return { owner, client };
  }

  return {
    async owner() {
      current ??= open();
      try {
        return (await current).owner;
      } catch (error) {
        current = null;
        throw error;
      }
    },
    async close() {
      const session = await current?.catch(() => null);
      await session?.client.end();
    },
  };
}
