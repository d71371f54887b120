import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { type Lease, type LeaseHolders, LeaseLostError } from '../../ports/lease.ts';
import { fence } from './fence.ts';
import type { KeptConnection } from './kept-connection.ts';
import { LOCK_KEY, RENEW_EVERY_MS, REST_MS, RETURN_MS, TRUST_MS } from './lease-terms.ts';

/** Without a database for so long, a fresh process has better chances than this one. */
const GIVE_UP_MS = 20_000;
const RETRY_MS = 50;

/**
 * The right of this process to act, under an executor id which no other process ever had. It is a row that is renewed
 * by the database's clock, and a session lock which is free as soon as the process is dead.
 */
export class ExecutorLease implements Lease {
  readonly #executorId: string;
  readonly #onLost: () => void;
  #state: 'entering' | 'held' | 'lost' | 'released' = 'entering';
  #connection: KeptConnection | null = null;
  /** By both clocks: the steady one of a suspended machine may stand still, the other may be set back. */
  #trustedUntil = { steady: 0, wall: 0 };
  #renewedAt = performance.now();
  #askedAt = performance.now();
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

  /**
   * Takes the lock, on each new session, and enters the row on the first. Whoever finds its row removed was fenced long
   * ago, and loses the lease at the next renewal.
   */
  async prepare(client: Client): Promise<void> {
    await client.query(this.#state === 'entering' ? ENTER : RETURN, [this.#executorId, RETURN_MS]);
    const { rows } = await client.query<{ locked: boolean }>(
      `select pg_try_advisory_lock(${LOCK_KEY}) as locked`,
      [this.#executorId],
    );
    this.#locked = rows[0]?.locked ?? false;
    if (this.#state === 'entering') {
      this.#state = 'held';
    }
  }

  /** Renews until the lease is lost or released. */
  keep(connection: KeptConnection): void {
    this.#connection = connection;
    this.#renewLater(connection);
  }

  /** The session broke, so the lock may be free: the lease must be proven before the next write. */
  distrust(): void {
    this.#trustedUntil = { steady: 0, wall: 0 };
    this.#locked = false;
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
    clearTimeout(this.#timer);
    if (this.#state !== 'held') {
      return;
    }
    this.#state = 'released';
    await this.#connection?.query(
      'update baton_engine.executors set fenced_at = clock_timestamp() where id = $1',
      [this.#executorId],
    );
  }

  /** One without a row is long gone. One that counts as gone is fenced, so that it cannot come back. */
  async #hasLost(holder: string): Promise<boolean> {
    const connection = this.#connection;
    if (connection === null) {
      return false;
    }
    if (await fence(connection, { judge: this.#executorId, judged: holder })) {
      return true;
    }
    const rows = await connection.query(
      'select from baton_engine.executors where id = $1 and fenced_at is null',
      [holder],
    );
    return rows.length === 0;
  }

  #isTrusted(): boolean {
    return performance.now() < this.#trustedUntil.steady && Date.now() < this.#trustedUntil.wall;
  }

  /** One that takes longer than the time between two is followed at once: the rest after it would grow too long. */
  #renewLater(connection: KeptConnection): void {
    const dueAt = this.#askedAt + RENEW_EVERY_MS;
    this.#timer = setTimeout(
      () =>
        void this.#renew(connection).then(() => {
          if (this.#state === 'held') {
            this.#renewLater(connection);
          }
        }),
      Math.max(0, dueAt - performance.now()),
    );
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
    this.#askedAt = sentAt.steady;
    const rows = await connection.query<{ locked: boolean }>(RENEW, [
      this.#executorId,
      this.#locked,
      REST_MS,
      RETURN_MS,
    ]);
    const row = rows[0];
    if (row === undefined) {
      this.#lose();
      return;
    }
    this.#locked = row.locked;
    this.#renewedAt = sentAt.steady;
    this.#trustedUntil = { steady: sentAt.steady + TRUST_MS, wall: sentAt.wall + TRUST_MS };
  }

  #lose(): void {
    clearTimeout(this.#timer);
    if (this.#state === 'held') {
      this.#state = 'lost';
      this.#onLost();
    }
  }
}

/** A server that has just started may have broken the sessions of others, whose silence does not count before they had the time to return. */
const ENTER = `
  insert into baton_engine.executors (id, renewed_at, steady_from)
  values ($1, clock_timestamp(), greatest(clock_timestamp(), pg_postmaster_start_time() + $2 * interval '1 ms'))
  on conflict (id) do update set renewed_at = excluded.renewed_at, steady_from = excluded.steady_from`;

/** What broke the last session may have broken those of others, too. */
const RETURN = `
  update baton_engine.executors set steady_from = clock_timestamp() + $2 * interval '1 ms' where id = $1`;

/** After a rest, or a jump of the database's clock, its holder is not steady until others had the time to return. */
const RENEW = `
  update baton_engine.executors set renewed_at = clock_timestamp(),
    steady_from = case
      when renewed_at between clock_timestamp() - $3 * interval '1 ms' and clock_timestamp() then steady_from
      else clock_timestamp() + $4 * interval '1 ms' end
  where id = $1 and fenced_at is null
  returning $2 or pg_try_advisory_lock(${LOCK_KEY}) as locked`;
