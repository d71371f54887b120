import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Engine } from '../ports/engine.ts';
import type { Lease } from '../ports/lease.ts';
import type { EngineOptions } from './engine-options.ts';
import { endDbosExport, QUIET_SETTINGS, quietDbos } from './quiet-dbos.ts';
import { ExecutorLease } from './replica/executor-lease.ts';
import { KeptConnection } from './replica/kept-connection.ts';
import { prepareDatabase } from './replica/prepare-database.ts';
import { pruneEnded } from './replica/prune-ended.ts';
import { Sweep } from './replica/sweep.ts';
import { toDbosLogger } from './to-dbos-logger.ts';
import { isAbortPending, requestAbort } from './workflows/aborts.ts';
import { registerCalls } from './workflows/calls.ts';
import { EndWatch } from './workflows/end-watch.ts';
import { Performances } from './workflows/performances.ts';
import { type QueueSpec, Queues } from './workflows/queues.ts';
import { type RegisteredWorkflows, registerWorkflows } from './workflows/register-workflows.ts';
import { toDurable } from './workflows/to-durable.ts';
import { readUnanswered, takeBack } from './workflows/unanswered-messages.ts';

/** The engine, the right of this process to act, and the way to end both. */
export interface RunningEngine {
  readonly engine: Engine;
  readonly lease: Lease;
  /** Name of this process, which no other process ever has. */
  readonly self: string;
  /** Deletes at most `limit` workflows that ended longer ago, and says how many. Calls of a caller under way stay. */
  prune(olderThanMs: number, limit: number): Promise<number>;
  /** Lets steps under way finish (up to `drainMs`); what is left goes on in other processes or after the next start. */
  readonly stop: () => Promise<void>;
  /** Aborts the steps under way now and lets none begin: what becomes of them is not remembered. Before a kill. */
  cutShort(): void;
}

/**
 * Fixed: DBOS never continues a workflow under another version. Code that changes the order of steps of workflows which
 * may be under way asks `DBOS.patch` which order to follow.
 */
const APPLICATION_VERSION = 'baton-1';
const DRAIN_MS = 10_000;

/** The parts of one engine. */
interface Parts {
  readonly executorId: string;
  readonly connection: KeptConnection;
  readonly lease: ExecutorLease;
  readonly queues: Queues;
  readonly ends: EndWatch;
  readonly performances: Performances;
  readonly workflows: RegisteredWorkflows;
  readonly specs: readonly QueueSpec[];
}

/**
 * Starts the durable engine: prepares the database, takes over what dead processes left, and begins to work.
 * There is one per process, because DBOS keeps its state in globals. Several processes share one database.
 */
export async function createEngine(options: EngineOptions): Promise<RunningEngine> {
  if (DBOS.isInitialized()) {
    throw new Error('This process already has an engine; stop it before another is created.');
  }
  // DBOS takes a start from within a workflow for a part of that workflow; ours must not depend on where they are made.
  const outside = AsyncLocalStorage.snapshot();
  const parts = assemble(options);
  const { connection, lease, queues, performances, executorId } = parts;
  const { log } = options;
  const sweep = new Sweep({ connection, executorId, lease, log, onTaken: () => queues.wakeAll() });

  async function leave(): Promise<void> {
    sweep.stop();
    queues.close();
    await performances.close(options.drainMs ?? DRAIN_MS);
    await DBOS.shutdown({ deregister: true });
    // Without a database the lease cannot be given up; it ends by itself.
    await lease.release().catch(() => undefined);
    await connection.close();
  }

  try {
    await prepareDatabase(options.databaseUrl, () => launch(parts, options));
    await sweep.start();
  } catch (error) {
    await leave();
    throw error;
  }
  return {
    engine: toEngine(parts, outside),
    lease,
    self: executorId,
    prune: (olderThanMs, limit) => pruneEnded(options.databaseUrl, { olderThanMs, limit }),
    stop: leave,
    cutShort: () => performances.cutShort(),
  };
}

function assemble(options: EngineOptions): Parts {
  const executorId = `${hostname()}-${process.pid}-${randomBytes(6).toString('hex')}`;
  const connection = new KeptConnection(options.databaseUrl, options.log);
  const queues = new Queues(options);
  const ends = new EndWatch(connection);
  const lease = new ExecutorLease(executorId, () => {
    queues.close();
    performances.cutShort();
    options.onLeaseLost();
  });
  const performances = new Performances({
    isAbortPending: (owner) => isAbortPending(connection, owner),
    isLeaseLost: () => lease.lost,
  });
  const calls = registerCalls(options, { performances, queues, ends });
  const workflows = registerWorkflows(options.workflows, {
    queues,
    durableFor: (id) => toDurable(id, performances, calls),
  });
  const specs = [calls.queue, ...workflows.queues];
  return { executorId, connection, lease, queues, ends, performances, workflows, specs };
}

async function launch(parts: Parts, options: EngineOptions): Promise<void> {
  const { connection, lease, executorId, queues } = parts;
  // The lease comes first: an executor without one counts as dead.
  await connection.open({
    async prepare(client) {
      await lease.prepare(client);
      await client.query('listen baton_engine');
    },
    onLost: () => lease.distrust(),
    onRestored: () => catchUp(parts),
    onNotification: (payload) => hear(parts, payload),
  });
  lease.keep(connection);
  quietDbos();
  DBOS.setConfig({
    ...QUIET_SETTINGS,
    name: 'baton',
    systemDatabaseUrl: toDbosUrl(options.databaseUrl),
    executorID: executorId,
    applicationVersion: APPLICATION_VERSION,
    enablePatching: true,
    logger: toDbosLogger(options.log),
  });
  await DBOS.launch();
  await endDbosExport();
  await queues.open(parts.specs);
}

function toEngine({ connection, queues, workflows }: Parts, outside: Outside): Engine {
  return {
    start: (request) =>
      outside(async () => {
        const queue = await workflows.start(request);
        if (queue !== null) {
          queues.wake(queue);
        }
      }),
    send: (id, message, key) => outside(() => DBOS.send(id, message, undefined, key)),
    unanswered: (id, answered) => outside(() => readUnanswered(connection, id, answered)),
    takeBack: (id, key) => outside(() => takeBack(connection, { workflowId: id, key })),
    abort: (id) => outside(() => requestAbort(connection, id)),
  };
}

type Outside = <Result>(work: () => Result) => Result;

function hear({ ends, queues, performances }: Parts, payload: string): void {
  const [kind, id] = splitOnce(payload);
  if (kind === 'ended') {
    queues.ended(id);
    ends.announce(id);
  } else if (kind === 'abort') {
    void performances.abort(id);
  }
}

/** Whatever was announced while the connection was broken. */
function catchUp({ ends, queues, performances }: Parts): void {
  ends.announceAll();
  queues.wakeAll();
  void performances.abortMissed();
}

function splitOnce(payload: string): [string, string] {
  const colon = payload.indexOf(':');
  return [payload.slice(0, colon), payload.slice(colon + 1)];
}

/**
 * For every session of DBOS; told in the address, they cost no query. A transaction that idles for so long has lost its
 * process. Commits need not wait for the disk: a crash of the server then loses the newest ones, never one before a
 * later one. What the store writes before anything leaves this process does wait, and with it all that was before; so
 * whatever is lost had no effect outside and is done again.
 */
const SESSION_SETTINGS = '-c idle_in_transaction_session_timeout=60000 -c synchronous_commit=off';

function toDbosUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  // DBOS would give its sessions a name of its own, as of somebody who is not Baton. The operator's name stays.
  if (!url.searchParams.has('application_name')) {
    url.searchParams.set('application_name', 'baton engine');
  }
  const asked = url.searchParams.get('options');
  url.searchParams.set('options', `${asked ?? ''} ${SESSION_SETTINGS}`.trim());
  return url.href;
}
