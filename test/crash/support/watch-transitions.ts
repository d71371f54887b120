import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { OBSERVER } from './observer.ts';
import { type NamedTransition, readTransitions } from './read-transitions.ts';
import { toTriggers } from './transition-triggers.ts';

/** After which transitions the process is killed. */
interface Deaths {
  /** SQL on `name` and `n` of a transition, see `toTriggers`. */
  readonly after: string;
  /** Kills at once, and starts again once `bury` has resolved. */
  kill(bury: () => Promise<void>): void;
}

interface Watching {
  /** Told of each transition right after its commit. The same one made again, as after a crash, has the same name. */
  readonly onTransition?: (name: string) => void;
  readonly deaths?: Deaths;
}

/** Listens for persisted transitions. */
export interface TransitionWatch {
  /** Resolves when no kill is due. */
  untilNoneIsDue(): Promise<void>;
  /** Each once, in the order in which they were first committed. */
  transitions(): Promise<readonly NamedTransition[]>;
  /** The tables that were written and are not watched; `<table> deleted` when rows of one that is were deleted. */
  others(): Promise<readonly string[]>;
}

const LOOK_EVERY_MS = 10;
/** A minute: the process is dead and buried long before. */
const MAX_LOOKS = 6000;
const messageSchema = z.object({ name: z.string(), commit: z.string(), kills: z.boolean() });

/** The tables must be there, so a Baton must have been started once. The watch ends with the database. */
export async function watchTransitions(
  databaseUrl: string,
  { onTransition, deaths }: Watching,
): Promise<TransitionWatch> {
  const client = new Client({ connectionString: databaseUrl, application_name: OBSERVER });
  // The database is dropped with everybody's sessions at the end of a test.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(toTriggers(deaths?.after ?? 'false'));
  const fatal = new Set<string>();
  client.on('notification', ({ payload }) => {
    const { name, commit, kills } = messageSchema.parse(JSON.parse(payload ?? ''));
    onTransition?.(name);
    if (kills && !fatal.has(commit)) {
      fatal.add(commit);
      deaths?.kill(() => bury(client, commit));
    }
  });
  await client.query('listen crash');
  return {
    async untilNoneIsDue() {
      for (let look = 0; await isDoomed(client); look += 1) {
        if (look === MAX_LOOKS) {
          throw new Error('A transition was committed after which Baton is to be killed, but it is not.');
        }
        await delay(LOOK_EVERY_MS);
      }
    },
    transitions: () => readTransitions(client, fatal),
    async others() {
      const { rows } = await client.query<{ name: string }>(
        'select distinct name from crash.others order by name',
      );
      return rows.map(({ name }) => name);
    },
  };
}

async function isDoomed(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ doomed: boolean }>('select crash.is_doomed() as doomed');
  return rows[0]?.doomed ?? false;
}

/** Ends what the dead process left in the database, so that nothing of it is committed. Then others may commit again. */
async function bury(client: Client, commit: string): Promise<void> {
  for (let look = 0; (await endSessions(client)) > 0; look += 1) {
    if (look === MAX_LOOKS) {
      throw new Error('The sessions of a process that was killed do not end.');
    }
  }
  const { rows } = await client.query<{ commit: string }>(
    'select commit::text from crash.transitions order by n desc limit 1',
  );
  if (rows[0]?.commit !== commit) {
    throw new Error(`Something was committed after transaction ${commit}, before the process was dead.`);
  }
  await client.query(`select setval('crash.doom', 0)`);
}

/** Of everybody but the test; says how many there were. */
async function endSessions(client: Client): Promise<number> {
  const { rows } = await client.query(
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and application_name <> $1`,
    [OBSERVER],
  );
  return rows.length;
}
