import type { ServerCatalog } from '../catalog/read-repository-catalog.ts';
import { toCatalog } from '../catalog/to-catalog.ts';
import { listSecrets } from '../config/list-secrets.ts';
import type { Settings } from '../config/settings.ts';
import { orderSchema, type RunningRun } from '../domain/run.ts';
import { wakingSchema } from '../domain/team/waking.ts';
import { createEngine } from '../engine/create-engine.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { createEgressProxy } from '../gateway/egress/create-egress-proxy.ts';
import { abandonRun } from '../orchestration/abandon-run.ts';
import { executeRun } from '../orchestration/execute-run.ts';
import { handleDelivery } from '../orchestration/handle-delivery.ts';
import type { ContentTurns } from '../ports/content-turns.ts';
import type { Durable } from '../ports/durable.ts';
import type { Lease } from '../ports/lease.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { abandonWaking } from '../team/abandon-waking.ts';
import { insist } from '../team/insist.ts';
import { WAKING } from '../team/keep-time.ts';
import { wakeMember } from '../team/wake-member.ts';
import { createMask } from '../telemetry/create-mask.ts';
import type { Baton, BatonOptions } from './baton.ts';
import { createForgetful } from './forgetful.ts';
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
import { readInput } from './read-input.ts';
import { createRepositoryCatalogs } from './repository-catalogs.ts';
import { stopBaton } from './stop-baton.ts';
import { toForgettables } from './to-forgettables.ts';
import { toAbandoning } from './to-reporting.ts';
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
  const turns: ContentTurns = {
    take: async (...asked) => (await assembled.promise).store.contentTurns.take(...asked),
  };
  const [running, app, runtimes, egress] = await Promise.all([
    started,
    openApp(settings, { ...opened, lease, turns }),
    openRuntimes(settings),
    createEgressProxy({ home: settings.home, policy: settings.install }),
  ]);
  const { engine, self } = running;
  const inbox = await openInbox({ settings, log, databaseUrl, engine, lease: running.lease });
  const metrics = await openMetrics(settings, { catalog, store: inbox.store, databaseUrl, log });
  const github = await openGithub(settings, { ...app, ...toClock(opened), log, store: inbox.store });
  const gateways = await openGateways(settings, { spending: metrics.store.modelSpending, log });
  const mask = createMask(listSecrets(settings));
  const traces = openTraces(settings, { store: inbox.store, clock: app.clock, mask, metrics, log });
  const ending = new AbortController();
  const parts: Parts = {
    settings,
    forgetful: createForgetful(ending.signal),
    log,
    mask,
    catalog,
    catalogAt: createRepositoryCatalogs({ ...serverCatalog, offer: settings.offer }, github.workspace),
    sandbox,
    supervisor: openSupervisor({ settings, store: inbox.store, clock: github.clock, log, self }),
    runtimes: toRuntimesAtHand(runtimes, settings, gateways),
    egress,
    dependencies: await openDependencies(settings, { ...opened, egress }),
    engine,
    self,
    store: metrics.store,
    metrics,
    traces,
    forgettables: toForgettables(running, inbox.store, github.workspace),
    ...github,
  };
  assembled.resolve(parts);
  const team = openTeam(parts, toTeamDesk(parts), opened.clock === undefined ? 'itself' : 'hand');
  const mcp = await openMcp(settings, { databaseUrl, log });
  const open = { ending, team, inbox, mcp, metrics, running, traces, gateways, egress, ...github, database };
  const webhookUrl = await inbox.listen(parts);
  return {
    parts,
    team,
    databaseUrl,
    webhookUrl,
    stop: () => stopBaton(open, settings, log),
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
    drainMs: settings.drainMs,
    limits: { calls: settings.agentLimits.all, callsPerRole: settings.agentLimits.perRole },
    // Written by this version or an earlier one of the same code; the engine keeps plain data.
    procedure: async (input, signal) => (await loop).perform(input as RunningRun, signal),
    workflows: {
      run: {
        partitioned: true,
        perform: async (input, durable) => executeRun(readInput(orderSchema, input), durable, await loop),
        async abandon({ id, input }, { message }) {
          const opened = await parts;
          const desk = toAbandoning(opened);
          // One that is left out looks alive for ever.
          const abandoning = { name: 'abandon', work: () => abandonRun({ id, order: input }, message, desk) };
          await insist(abandoning, { durable: opened.forgetful, log: opened.log });
        },
      },
      [WAKING]: {
        perform: async (input, durable) =>
          wakeMember(readInput(wakingSchema, input), durable, await teamDesk),
        async abandon({ id, input }, { message }) {
          const { forgetful: durable } = await parts;
          const waking = wakingSchema.safeParse(input).data ?? id;
          await abandonWaking(waking, message, { durable, desk: await teamDesk });
        },
      },
      delivery: {
        perform: async (input, durable) => deliver(String(input), durable, await parts),
        // All that it causes has keys, so it is simply handled anew.
        async abandon({ input }) {
          const opened = await parts;
          await deliver(String(input), opened.forgetful, opened);
        },
      },
    },
  };
}

async function deliver(
  guid: string,
  durable: Pick<Durable, 'step' | 'sleep'>,
  { store, github, log }: Parts,
): Promise<void> {
  await handleDelivery(guid, durable, { read: (id) => store.inbox.read(id), deliver: github.deliver, log });
}
