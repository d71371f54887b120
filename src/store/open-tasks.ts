import type { Log } from '../ports/log.ts';
import type { Tasks } from '../ports/tasks.ts';
import { connect } from './connect.ts';
import { createTasks } from './create-tasks.ts';
import { migrate } from './migrate.ts';

/** Tasks, and the connections that have to be closed. */
export interface OpenTasks extends Tasks {
  close(): Promise<void>;
}

/** Opens the tasks by themselves, and brings the schema up to date. Throws when the database is too new. */
export async function openTasks(databaseUrl: string, log: Log): Promise<OpenTasks> {
  const db = connect(databaseUrl, log, 'disk');
  // Of their own: work that has a lock needs a connection, and must not wait for those who wait for the lock.
  const locks = connect(databaseUrl, log, 'disk');
  async function close(): Promise<void> {
    await Promise.all([db.destroy(), locks.destroy()]);
  }
  try {
    await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { ...createTasks(db, locks), close };
}
