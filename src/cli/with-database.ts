import { openDatabase } from '../composition/open-database.ts';
import { readLocalSettings } from '../config/read-local-settings.ts';
import { hasCluster } from '../engine/embedded/has-cluster.ts';
import type { Log } from '../ports/log.ts';
import { createLog } from '../telemetry/create-log.ts';

/** Looks up something in the database of the server, which need not run. @throws Error when there is none. */
export async function withDatabase<Opened extends { close(): Promise<void> }, Result>(
  open: (url: string, log: Log) => Opened,
  look: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const { database: where, log: rules } = readLocalSettings();
  if (where.kind === 'embedded' && !(await hasCluster(where.directory))) {
    throw new Error(
      `There is no database in ${where.directory}. Set BATON_HOME or DATABASE_URL as for the server.`,
    );
  }
  const log = createLog({
    ...rules,
    level: 'warn',
    secrets: where.kind === 'server' ? [where.url.reveal()] : [],
    write: (text) => void process.stderr.write(text),
  });
  const database = await openDatabase(where, log);
  try {
    const opened = open(database.url, log);
    try {
      return await look(opened);
    } catch (error) {
      throw explain(error, database.url);
    } finally {
      await opened.close();
    }
  } finally {
    await database.close();
  }
}

/** What the operator can do about it, where that is known. */
function explain(error: unknown, url: string): unknown {
  if (hasCode(error, MISSING)) {
    return new Error(NOT_PREPARED, { cause: error });
  }
  if (!hasCode(error, UNREACHED)) {
    return error;
  }
  // Where a name has several addresses, what is thrown has no words of its own.
  const why = error.message === '' ? String(error.code) : error.message;
  return new Error(
    `The database at ${new URL(url).host} cannot be reached: ${why}. Check DATABASE_URL, that the server runs, and that this user may connect.`,
    { cause: error },
  );
}

/** Those of the network, and PostgreSQL's for a password, a user or a database that is not right. */
const UNREACHED: readonly unknown[] = [
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  '28000',
  '28P01',
  '3D000',
];

/** A table or a column that is not there. */
const MISSING: readonly unknown[] = ['42P01', '42703'];
const NOT_PREPARED =
  'No server of this version has worked with this database yet. Start one, or set BATON_HOME or DATABASE_URL as for the server.';

function hasCode(error: unknown, codes: readonly unknown[]): error is Error & { readonly code: unknown } {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
