import { inspectStore, type StoreReading } from '../../../store/inspect-store.ts';
import { ANSWER_WITHIN_MS } from '../answer-within-ms.ts';
import { type Check, fail, type Line, ok } from '../check.ts';

const MAKE_ROOM = 'Connect to the server that takes writes: change DATABASE_URL.';

/** Whether the database is reached, and has been through the migrations of this Baton. */
export const check: Check = {
  name: 'database',
  of: 'settings',
  async run({ settings: { database }, database: open }) {
    const url = await open();
    if (url === null) {
      return [ok('an embedded PostgreSQL will be made at the first start')];
    }
    try {
      return [judge(await inspectStore(url, ANSWER_WITHIN_MS))];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return [fail(`cannot be used: ${why}`, toRemedy(database.kind))];
    }
  },
};

function judge({ version, readOnly, unknown, missing }: StoreReading): Line {
  if (unknown.length > 0) {
    return fail(
      `has been used by a newer Baton (${unknown.join(', ')})`,
      'Start that version or a later one; an older one cannot read what it wrote.',
    );
  }
  if (readOnly) {
    return fail(`PostgreSQL ${version} is a standby, which takes no writes`, MAKE_ROOM);
  }
  return missing.length === 0
    ? ok(`PostgreSQL ${version} is reached and migrated`)
    : ok(`PostgreSQL ${version} is reached; ${missing.length} migrations are made at the next start`);
}

function toRemedy(kind: 'embedded' | 'server'): string {
  return kind === 'server'
    ? 'Check DATABASE_URL, that the server runs, and that this user may connect and write.'
    : 'See server.log beside the cluster below BATON_HOME, and that its disk is not full.';
}
