import type { AgentHealth } from '../ports/agent-health.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommentEdits } from '../ports/comment-edits.ts';
import type { ContentTurns } from '../ports/content-turns.ts';
import type { Effects } from '../ports/effects.ts';
import type { Deliveries, Inbox } from '../ports/inbox.ts';
import type { Lease } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import type { Measures } from '../ports/measures.ts';
import type { Messages } from '../ports/messages.ts';
import type { ModelSpending } from '../ports/model-spending.ts';
import type { Runs } from '../ports/runs.ts';
import type { SurfaceRecords } from '../ports/surfaces.ts';
import type { TeamRecords } from '../ports/team-records.ts';
import type { TraceStore } from '../ports/traces.ts';
import { connect } from './connect.ts';
import { createAgentHealth } from './create-agent-health.ts';
import { createCommentEdits } from './create-comment-edits.ts';
import { createContentTurns } from './create-content-turns.ts';
import { createEffects } from './create-effects.ts';
import { createInbox } from './create-inbox.ts';
import { createMeasures } from './create-measures.ts';
import { createMessages, type MessageRules } from './create-messages.ts';
import { createModelSpending } from './create-model-spending.ts';
import { createRuns } from './create-runs.ts';
import { createSurfaceRecords } from './create-surface-records.ts';
import { createTeamRecords } from './create-team-records.ts';
import { createTraceEvents } from './create-trace-events.ts';
import { nameLedgerSession, openLedgerSession } from './ledger-session.ts';
import { migrate } from './migrate.ts';
import type { Patience } from './patience.ts';
import { PATIENCE } from './patience.ts';
import { pruneEffects } from './prune-effects.ts';
import { type Prunable, pruneOlder } from './prune-older.ts';
import { pruneSurfaces } from './prune-surfaces.ts';
import { pruneWakings } from './prune-wakings.ts';
import { readSecret } from './read-secret.ts';

export interface StoreOptions {
  readonly databaseUrl: string;
  readonly lease: Lease;
  readonly log: Log;
  /** Told each GUID that was new, right after its commit, so that it can be dispatched at once. */
  readonly onStored?: (guid: string) => void;
  /** How long the effect ledger waits; for tests. */
  readonly patience?: Partial<Patience>;
}

export interface Store {
  readonly inbox: Inbox & Deliveries;
  readonly effects: Effects;
  readonly runs: Runs;
  readonly surfaces: SurfaceRecords;
  readonly commentEdits: CommentEdits;
  readonly contentTurns: ContentTurns;
  readonly modelSpending: ModelSpending;
  /** What members of the team tell each other. */
  messages(rules: MessageRules): Messages;
  readonly measures: Measures;
  readonly traces: TraceStore;
  /** How agents are. */
  agentHealth(clock: Clock): AgentHealth;
  /** What the team remembers. */
  teamRecords(clock: Clock): TeamRecords;
  /** Deletes at most `limit` effects that were done longer ago; those of runs under way stay. */
  pruneEffects(olderThanMs: number, limit: number): Promise<number>;
  /** Forgets at most `limit` surfaces that were written longer ago; those of runs under way stay. */
  pruneSurfaces(olderThanMs: number, limit: number): Promise<number>;
  /** Deletes at most `limit` rows of a table that are older. */
  pruneOlder(table: Prunable, olderThanMs: number, limit: number): Promise<number>;
  /** Deletes at most `limit` wakings that ended longer ago; the newest of each member stays. */
  pruneWakings(olderThanMs: number, limit: number): Promise<number>;
  /** A secret that all replicas share, made when it is first asked for. */
  secret(name: string): Promise<string>;
  /** Waits for what is being written, then closes all connections. */
  close(): Promise<void>;
}

/** Opens the store and brings its schema up to date. Throws when the database cannot be reached or is too new. */
export async function createStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, lease, log } = options;
  const db = connect(databaseUrl, log, 'disk');
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  // For what can be found out or done again. Deliveries and effects about to be sent wait for the disk.
  const ordered = connect(databaseUrl, log, 'order');
  const { holders } = lease;
  const session = holders === undefined ? openLedgerSession(databaseUrl, log) : nameLedgerSession(holders);
  const patience = { ...PATIENCE, ...options.patience };
  const ledger = { db, ordered, session, holders };
  return {
    inbox: createInbox({ db, ordered }, options.onStored ?? ignore),
    effects: createEffects({ ledger, lease, patience }),
    runs: createRuns(ordered, lease, log),
    surfaces: createSurfaceRecords(ordered),
    // Nobody tells us again, so these wait for the disk.
    commentEdits: createCommentEdits(db),
    contentTurns: createContentTurns(ordered),
    // Money: what is lost here is spent twice.
    modelSpending: createModelSpending(db, holders),
    agentHealth: (clock) => createAgentHealth(ordered, clock),
    teamRecords: (clock) => createTeamRecords(db, { clock, log }),
    messages: (rules) => createMessages({ db, ordered }, rules),
    measures: createMeasures(ordered),
    traces: createTraceEvents(ordered),
    pruneOlder: (table, olderThanMs, limit) => pruneOlder(db, table, { olderThanMs, limit }),
    pruneEffects: (olderThanMs, limit) => pruneEffects(db, olderThanMs, limit),
    pruneSurfaces: (olderThanMs, limit) => pruneSurfaces(db, olderThanMs, limit),
    pruneWakings: (olderThanMs, limit) => pruneWakings(db, olderThanMs, limit),
    secret: (name) => readSecret(db, name),
    async close() {
      await session.close();
      await Promise.all([db.destroy(), ordered.destroy()]);
    },
  };
}

/** The sweep finds what nobody was told of. */
function ignore(): void {}
