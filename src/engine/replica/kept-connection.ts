import { setTimeout as delay } from 'node:timers/promises';
import type { QueryResultRow } from 'pg';
import { Client } from 'pg';
import type { Log } from '../../ports/log.ts';

/** What the owner of the session does with it. */
export interface SessionHooks {
  /** Runs on each new session before anybody else uses it: locks and LISTEN belong here. */
  prepare(client: Client): Promise<void>;
  onLost(): void;
  onRestored(): void;
  onNotification(payload: string): void;
}

const RETRY_MS = 250;
/** A query which takes longer counts as a broken session. */
const QUERY_TIMEOUT_MS = 3_000;

/** One database session that is made again whenever it breaks. */
export class KeptConnection {
  readonly #databaseUrl: string;
  readonly #log: Log;
  #client: Client | null = null;
  #closing = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(databaseUrl: string, log: Log) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
  }

  /** Rejects when the second try fails: while a process starts, loading code can hold it up for longer than a try may take. */
  async open(hooks: SessionHooks): Promise<void> {
    await this.#connect(hooks).catch(() => this.#connect(hooks));
  }

  /** One query at a time, in the order asked. Rejects while there is no session. */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const answer = this.#last.then(() => this.#ask<Row>(text, values));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#last;
    await this.#client?.end();
  }

  async #ask<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const client = this.#client;
    if (client === null) {
      throw new Error('There is no connection to the database at the moment.');
    }
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } catch (error) {
      // After a time-out nobody knows what the session is doing.
      if (error instanceof Error && error.message === 'Query read timeout') {
        client.emit('error', error);
      }
      throw error;
    }
  }

  async #connect(hooks: SessionHooks): Promise<void> {
    const client = new Client({
      connectionString: this.#databaseUrl,
      application_name: 'baton executor',
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      connectionTimeoutMillis: QUERY_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    });
    client.on('error', () => this.#drop(client, hooks));
    client.on('end', () => this.#drop(client, hooks));
    client.on('notification', ({ payload }) => hooks.onNotification(payload ?? ''));
    try {
      await client.connect();
      await hooks.prepare(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
  }

  #drop(client: Client, hooks: SessionHooks): void {
    if (this.#client !== client || this.#closing) {
      return;
    }
    this.#client = null;
    hooks.onLost();
    this.#log.warn({}, 'the connection to the database broke; connecting again');
    void this.#reconnect(client, hooks);
  }

  async #reconnect(broken: Client, hooks: SessionHooks): Promise<void> {
    void broken.end().catch(() => undefined);
    while (!this.#closing && this.#client === null) {
      await this.#connect(hooks).then(
        () => hooks.onRestored(),
        () => delay(RETRY_MS),
      );
    }
  }
}
