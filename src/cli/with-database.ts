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
      throw hasCode(error, MISSING) ? new Error(NOT_PREPARED, { cause: error }) : error;
    } finally {
      await opened.close();
    }
  } finally {
    await database.close();
  }
}

/** A table or a column that is not there. */
const MISSING: readonly unknown[] = ['42P01', '42703'];
const NOT_PREPARED =
  'No server of this version has worked with this database yet. Start one, or set BATON_HOME or DATABASE_URL as for the server.';

function hasCode(error: unknown, codes: readonly unknown[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
