import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** One step of the schema. Applied once, never edited afterwards: a change is a new migration. */
export interface Migration {
  /** Equals the file name; the number gives the order. */
  readonly name: string;
  up(db: Transaction<Tables> | Kysely<Tables>): Promise<void>;
}
