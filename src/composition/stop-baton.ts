import type { Settings } from '../config/settings.ts';
import type { Log } from '../ports/log.ts';
import { endDescendants } from '../sandbox/end-descendants.ts';
import { DATABASE_STOP_MS, type Database } from './open-database.ts';
import { type StopOutcome, type StopPart, stopInOrder } from './stop-in-order.ts';

/** For all but the steps under way and the database: requests that are open, and what is written at the end. */
const REST_MS = 12_000;

/** How much longer than `BATON_STOP_SECONDS` a whole stop may last, in milliseconds. */
export const STOP_REST_MS = REST_MS + DATABASE_STOP_MS;

interface Open {
  readonly ending: AbortController;
  readonly team: { stop(): void; end(): Promise<void> };
  readonly inbox: { stop(): Promise<void>; close(): Promise<void> };
  readonly metrics: { close(): Promise<void> };
  readonly mcp: { close(): Promise<void> } | null;
  readonly running: { stop(): Promise<void>; cutShort(): void };
  readonly traces: { drain(): Promise<void> };
  readonly gateways: { close(): Promise<void> };
  readonly egress: { close(): Promise<void> };
  readonly workspace: { close(): Promise<void> };
  readonly database: Pick<Database, 'pid' | 'close'>;
}

/**
 * Ends all that is open within the time for steps under way and `STOP_REST_MS` more. What is not done then is killed: the
 * processes of agents and commands first, then the database, which recovers from its log.
 */
export async function stopBaton(
  open: Open,
  { drainMs }: Pick<Settings, 'drainMs'>,
  log: Log,
): Promise<StopOutcome> {
  const { ending, team, running, database } = open;
  ending.abort();
  team.stop();
  const outcome = await stopInOrder(toParts(open), { withinMs: drainMs + REST_MS, log });
  if (outcome === 'late') {
    // First, or the kill of an agent would be remembered as its outcome, where the step is to be done again.
    running.cutShort();
    endDescendants(process.pid, database.pid);
  }
  await database
    .close(outcome === 'late' ? 'at-once' : 'in-order')
    .catch((error: unknown) => log.error({ error }, 'the database could not be stopped'));
  return outcome;
}

/** From the outside in: first no more webhooks, then no more work, then what the work stood on. */
function toParts(open: Open): readonly StopPart[] {
  const { team, inbox, metrics, mcp, running, traces, gateways, egress, workspace } = open;
  return [
    { name: 'the webhooks', stop: () => inbox.stop() },
    { name: 'the metrics', stop: () => metrics.close() },
    { name: 'MCP', stop: async () => mcp?.close() },
    { name: 'the engine', stop: () => running.stop() },
    { name: 'the team', stop: () => team.end() },
    { name: 'the traces', stop: () => traces.drain() },
    { name: 'the gateway', stop: () => gateways.close() },
    { name: 'the egress', stop: () => egress.close() },
    { name: 'the workspace', stop: () => workspace.close() },
    { name: 'the store', stop: () => inbox.close() },
  ];
}
