import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { type Lease, type LeaseHolders, LeaseLostError } from '../../ports/lease.ts';
import type { KeptConnection } from './kept-connection.ts';
import { markFenced } from './mark-fenced.ts';

/** How long a lease lasts without being renewed, in milliseconds of the database's clock. Then others take over. */
export const LEASE_MS = 4_000;
/** How long its holder trusts it: less, since the holder's clock starts before the database's does. */
const TRUST_MS = 3_000;
const RENEW_EVERY_MS = 1_000;
/** Without a database for so long, a fresh process has better chances than this one. */
const GIVE_UP_MS = 20_000;
const RETRY_MS = 50;

/** Key of the session lock that an executor holds while its process lives; `$1` is its id. */
export const LOCK_KEY = `hashtextextended('baton executor ' || $1::text, 0)`;

/**
 * The right of this process to act, under an executor id which no other process ever had. It is a row that is renewed
 * by the database's clock, and a session lock which is free as soon as the process is dead.
 */
export class ExecutorLease implements Lease {
  readonly #executorId: string;
  readonly #onLost: () => void;
  #state: 'held' | 'lost' | 'released' = 'held';
  #connection: KeptConnection | null = null;
  /** By both clocks: the steady one of a suspended machine may stand still, the other may be set back. Null at first. */
  #trustedUntil: { readonly steady: number; readonly wall: number } | null = null;
  /** When it was proven again after it could not be trusted any more. */
  #regainedAt = Number.NEGATIVE_INFINITY;
  #renewedAt = performance.now();
  #locked = false;
  #renewing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(executorId: string, onLost: () => void) {
    this.#executorId = executorId;
    this.#onLost = onLost;
  }

  get holders(): LeaseHolders {
    return { self: this.#executorId, hasLost: (holder) => this.#hasLost(holder) };
  }

  get lost(): boolean {
    return this.#state === 'lost';
  }

  /** Enters the row and takes the lock: on each new session. */
  async prepare(client: Client): Promise<void> {
    await client.query(
      'insert into baton_engine.executors (id, renewed_at) values ($1, clock_timestamp()) on conflict do nothing',
      [this.#executorId],
    );
    const { rows } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(${LOCK_KEY}) as locked`,
      [this.#executorId],
    );
    this.#locked = rows[0]?.locked ?? false;
  }

  /** Renews until the lease is lost or released. */
  keep(connection: KeptConnection): void {
    this.#connection = connection;
    this.#timer = setInterval(() => void this.#renew(connection), RENEW_EVERY_MS);
  }

  /** The session broke, so the lock may be free: the lease must be proven before the next write. */
  distrust(): void {
    this.#trustedUntil = { steady: 0, wall: 0 };
    this.#locked = false;
  }

  /**
   * Whether this process can tell who else lets a lease run out. After an outage of the database, or when the whole machine
   * stood still, everybody's looks expired: whoever has just regained the own one gives the others the time to renew theirs.
   */
  async canJudge(): Promise<boolean> {
    await this.assertHeld();
    return performance.now() - this.#regainedAt >= LEASE_MS;
  }

  async assertHeld(): Promise<void> {
    while (this.#state === 'held' && !this.#isTrusted() && this.#connection !== null) {
      await this.#renew(this.#connection);
      if (!this.#isTrusted()) {
        await delay(RETRY_MS);
      }
    }
    if (this.#state !== 'held') {
      throw new LeaseLostError(
        'Another process may have taken over the work of this one, so it must not write.',
      );
    }
  }

  /** Gives the lease up at an orderly stop, so that others need not wait for it to end. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#state !== 'held') {
      return;
    }
    this.#state = 'released';
    await this.#connection?.query(
      'update baton_engine.executors set fenced_at = clock_timestamp() where id = $1',
      [this.#executorId],
    );
  }

  /** One without a row is long gone. One that let its lease run out is fenced, so that it cannot come back. */
  async #hasLost(holder: string): Promise<boolean> {
    const connection = this.#connection;
    if (connection === null) {
      return false;
    }
    if ((await this.canJudge()) && (await markFenced(connection, holder, LEASE_MS))) {
      return true;
    }
    const rows = await connection.query(
      'select from baton_engine.executors where id = $1 and fenced_at is null',
      [holder],
    );
    return rows.length === 0;
  }

  #isTrusted(): boolean {
    const until = this.#trustedUntil;
    return until !== null && performance.now() < until.steady && Date.now() < until.wall;
  }

  /** At most one renewal is under way. A failed one is repeated by the timer, until it is time to give up. */
  #renew(connection: KeptConnection): Promise<void> {
    this.#renewing ??= this.#prove(connection)
      .catch(() => {
        if (performance.now() - this.#renewedAt > GIVE_UP_MS) {
          this.#lose();
        }
      })
      .finally(() => {
        this.#renewing = null;
      });
    return this.#renewing;
  }

  async #prove(connection: KeptConnection): Promise<void> {
    const sentAt = { steady: performance.now(), wall: Date.now() };
    const rows = await connection.query<{ locked: boolean }>(
      `update baton_engine.executors set renewed_at = clock_timestamp() where id = $1 and fenced_at is null
       returning $2 or pg_try_advisory_lock(${LOCK_KEY}) as locked`,
      [this.#executorId, this.#locked],
    );
    const row = rows[0];
    if (row === undefined) {
      this.#lose();
      return;
    }
    this.#locked = row.locked;
    if (this.#trustedUntil !== null && !this.#isTrusted()) {
      this.#regainedAt = performance.now();
    }
    this.#renewedAt = sentAt.steady;
    this.#trustedUntil = { steady: sentAt.steady + TRUST_MS, wall: sentAt.wall + TRUST_MS };
  }

  #lose(): void {
    clearInterval(this.#timer);
    if (this.#state === 'held') {
      this.#state = 'lost';
      this.#onLost();
    }
  }
}
