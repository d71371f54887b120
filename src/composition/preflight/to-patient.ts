import { pino } from 'pino';
import type { Settings } from '../../config/settings.ts';
import { hasCluster } from '../../engine/embedded/has-cluster.ts';
import type { Log } from '../../ports/log.ts';
import type { Sandbox } from '../../ports/sandbox.ts';
import { type Database, openDatabase } from '../open-database.ts';
import { openSandbox } from '../open-sandbox.ts';
import type { Patient } from './check.ts';
import { openAppDesk } from './open-app-desk.ts';

/** Something to look at, and the way to leave it as it was. */
export interface OpenPatient {
  readonly patient: Patient;
  close(): Promise<void>;
}

/** What a server that runs has open. */
export interface Running {
  readonly sandbox: Sandbox;
  /** With its password: keep it out of logs. */
  readonly databaseUrl: string;
}

/**
 * What the checks need, each opened when the first asks for it. `running` is of the server that the checks are part of;
 * null when they stand alone.
 */
export function toPatient(settings: Settings, running: Running | null): OpenPatient {
  // What is opened here says in its own words what is wrong; the checks tell it.
  const log = pino({ level: 'silent' });
  const database = once(() => openExisting(settings.database, log));
  const sandbox = once(() =>
    running === null ? openSandbox(settings, log) : Promise.resolve(running.sandbox),
  );
  const app = once(() => openAppDesk(settings));
  return {
    patient: {
      settings,
      within: running === null ? 'nothing' : 'server',
      // A server's own, so that a look that lasts does not keep its database from being stopped.
      database: async () => running?.databaseUrl ?? (await database.get())?.url ?? null,
      sandbox: () => sandbox.get(),
      app: () => app.get(),
    },
    async close() {
      const opened = await database.opened()?.catch(() => null);
      await opened?.close();
    },
  };
}

/** Looking must not make a database where there is none. */
async function openExisting(database: Settings['database'], log: Log): Promise<Database | null> {
  return database.kind === 'embedded' && !(await hasCluster(database.directory))
    ? null
    : openDatabase(database, log);
}

function once<Value>(open: () => Promise<Value>): {
  get(): Promise<Value>;
  opened(): Promise<Value> | null;
} {
  let opening: Promise<Value> | null = null;
  return {
    get() {
      opening ??= open();
      return opening;
    },
    opened: () => opening,
  };
}
