import type { ServerCatalog } from '../catalog/read-repository-catalog.ts';
import { toCatalog } from '../catalog/to-catalog.ts';
import { listSecrets } from '../config/list-secrets.ts';
import type { Settings } from '../config/settings.ts';
import { orderSchema, type RunningRun } from '../domain/run.ts';
import { wakingSchema } from '../domain/team/waking.ts';
import { createEngine, type RunningEngine } from '../engine/create-engine.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { executeRun } from '../orchestration/execute-run.ts';
import { handleDelivery } from '../orchestration/handle-delivery.ts';
import type { Durable } from '../ports/durable.ts';
import type { Lease } from '../ports/lease.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { WAKING } from '../team/keep-time.ts';
import { wakeMember } from '../team/wake-member.ts';
import { createMask } from '../telemetry/create-mask.ts';
import type { Baton, BatonOptions } from './baton.ts';
import { openApp } from './open-app.ts';
import type { Database } from './open-database.ts';
import { openDependencies } from './open-dependencies.ts';
import { openGateways } from './open-gateway.ts';
import { openGithub } from './open-github.ts';
import { openInbox } from './open-inbox.ts';
import { openMcp } from './open-mcp.ts';
import { openMetrics } from './open-metrics.ts';
import { openRuntimes, toRuntimesAtHand } from './open-runtimes.ts';
import { openSupervisor, openTeam, toTeamDesk } from './open-team.ts';
import { openTraces } from './open-traces.ts';
import type { Parts } from './parts.ts';
import { createRepositoryCatalogs } from './repository-catalogs.ts';
import { toForgettables } from './to-forgettables.ts';
import { toRunLoop } from './to-run-loop.ts';

/** What was opened and read before. */
interface Opened extends BatonOptions {
  readonly serverCatalog: ServerCatalog;
  readonly database: Database;
  readonly sandbox: Sandbox;
}

/** Puts the parts together: engine, GitHub, and last the intake, so that nothing is taken that could not be kept. */
export async function assembleBaton(settings: Settings, opened: Opened): Promise<Baton> {
  const { serverCatalog, database, log, sandbox } = opened;
  const databaseUrl = database.url;
  const catalog = toCatalog(serverCatalog.files, serverCatalog.plugIns, settings.offer);
  const assembled = Promise.withResolvers<Parts>();
  const started = createEngine(
    toEngineOptions(settings, { ...opened, databaseUrl, parts: assembled.promise }),
  );
  // The engine waits for the database most of the time; GitHub is asked meanwhile.
  const lease: Lease = { assertHeld: async () => (await started).lease.assertHeld() };
  const [running, app, runtimes, dependencies] = await Promise.all([
    started,
    openApp(settings, { ...opened, lease }),
    openRuntimes(settings),
    openDependencies(settings, opened),
  ]);
  const { engine } = running;
  const inbox = await openInbox({ settings, log, databaseUrl, engine, lease: running.lease });
  const metrics = await openMetrics(settings, { catalog, store: inbox.store, databaseUrl, log });
  const github = await openGithub(settings, { ...app, ...toClock(opened), log, store: inbox.store });
  const gateways = await openGateways(settings, { spending: metrics.store.modelSpending, log });
  const mask = createMask(listSecrets(settings));
  const traces = openTraces(settings, { store: inbox.store, clock: app.clock, mask, metrics });
  const parts: Parts = {
    settings,
    log,
    mask,
    catalog,
    catalogAt: createRepositoryCatalogs({ ...serverCatalog, offer: settings.offer }, github.workspace),
    sandbox,
    supervisor: openSupervisor({ store: inbox.store, clock: github.clock, log }),
    runtimes: toRuntimesAtHand(runtimes, settings, gateways),
    dependencies,
    engine,
    store: metrics.store,
    metrics,
    traces,
    forgettables: toForgettables(running, inbox.store),
    ...github,
  };
  assembled.resolve(parts);
  const team = openTeam(parts, toTeamDesk(parts), opened.clock === undefined ? 'itself' : 'hand');
  const mcp = await openMcp(settings, { databaseUrl, log });
  const open = { team, inbox, mcp };
  const webhookUrl = await inbox.listen(parts);
  return {
    parts,
    team,
    webhookUrl,
    stop: () => stop(running, { ...open, metrics, traces, github, gateways, dependencies, database }),
  };
}

function toClock({ clock }: Pick<BatonOptions, 'clock'>): Partial<Pick<Parts, 'clock'>> {
  return clock === undefined ? {} : { clock };
}

interface EngineNeeds extends Pick<BatonOptions, 'log' | 'onLeaseLost'> {
  readonly databaseUrl: string;
  /** Workflows that were taken over begin before the rest is up; they wait for it. */
  readonly parts: Promise<Parts>;
}

function toEngineOptions(
  settings: Settings,
  { databaseUrl, log, parts, onLeaseLost }: EngineNeeds,
): EngineOptions {
  const loop = parts.then(toRunLoop);
  const teamDesk = parts.then(toTeamDesk);
  return {
    databaseUrl,
    log,
    onLeaseLost,
    limits: { calls: settings.agentLimits.all, callsPerRole: settings.agentLimits.perRole },
    // Written by this version or an earlier one of the same code; the engine keeps plain data.
    procedure: async (input, signal) => (await loop).perform(input as RunningRun, signal),
    workflows: {
      run: {
        partitioned: true,
        perform: async (input, durable) => executeRun(orderSchema.parse(input), durable, await loop),
      },
      [WAKING]: {
        perform: async (input, durable) => wakeMember(wakingSchema.parse(input), durable, await teamDesk),
      },
      delivery: { perform: async (input, durable) => deliver(String(input), durable, await parts) },
    },
  };
}

async function deliver(guid: string, durable: Durable, { store, github, log }: Parts): Promise<void> {
  await handleDelivery(guid, durable, { read: (id) => store.inbox.read(id), deliver: github.deliver, log });
}

interface Open {
  readonly team: { stop(): void };
  readonly inbox: { stop(): Promise<void>; close(): Promise<void> };
  readonly metrics: { close(): Promise<void> };
  readonly traces: { drain(): Promise<void> };
  readonly github: { readonly workspace: { close(): Promise<void> } };
  readonly gateways: { close(): Promise<void> };
  readonly dependencies: { close(): Promise<void> } | null;
  readonly mcp: { close(): Promise<void> } | null;
  readonly database: { close(): Promise<void> };
}

/** From the outside in: first no more webhooks, then no more work, then what the work stood on. */
async function stop(running: RunningEngine, open: Open): Promise<void> {
  const { team, inbox, metrics, traces, github, gateways, dependencies, mcp, database } = open;
  team.stop();
  await inbox.stop();
  await metrics.close();
  await mcp?.close();
  await running.stop();
  await traces.drain();
  await gateways.close();
  await dependencies?.close();
  await github.workspace.close();
  await inbox.close();
  await database.close();
}
