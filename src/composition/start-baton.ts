import { join } from 'node:path';
import type { Logger } from 'pino';
import { readCatalog } from '../catalog/read-catalog.ts';
import { ensureHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import { orderSchema, type RunningRun } from '../domain/run.ts';
import { createEngine, type RunningEngine } from '../engine/create-engine.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import type { RequestObservation } from '../github/octokit/perform-request.ts';
import { executeRun } from '../orchestration/execute-run.ts';
import { handleDelivery } from '../orchestration/handle-delivery.ts';
import type { Durable } from '../ports/durable.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { openDatabase } from './open-database.ts';
import { openGithub } from './open-github.ts';
import { openInbox } from './open-inbox.ts';
import { openRuntime } from './open-runtime.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Parts } from './parts.ts';
import { toRunLoop } from './to-run-loop.ts';

/** Where the shipped workflows, roles and profiles are. */
const CATALOG_DIRECTORY = join(import.meta.dirname, '../..');

/** What may be given besides the settings. */
export interface BatonOptions {
  readonly log: Logger;
  /** Used as it is, untried; for the demo, which runs nothing but its own example. */
  readonly sandbox?: Sandbox;
  /** Told of each request to GitHub. */
  readonly onRequest?: (observation: RequestObservation) => void;
  /** This process may not act any more: let it exit. */
  readonly onLeaseLost: () => void;
}

/** A Baton that is up. */
export interface Baton {
  /** The Probot application function's worth of handlers, bound to a Probot. */
  readonly parts: Parts;
  /** Where webhooks go. */
  readonly webhookUrl: string;
  /** Takes nothing new, lets what is under way finish for a while, and closes everything. */
  stop(): Promise<void>;
}

/** Starts Baton: database, engine, GitHub, and last the intake, so that nothing is taken that could not be kept. */
export async function startBaton(settings: Settings, options: BatonOptions): Promise<Baton> {
  const { log } = options;
  await ensureHome(settings.home);
  const [catalog, sandbox] = await Promise.all([
    readCatalog({ directory: CATALOG_DIRECTORY }),
    options.sandbox ?? openSandbox(settings.sandbox, log),
  ]);
  const runtime = openRuntime(settings.runtime);
  const database = await openDatabase(settings.database, log);
  const assembled = Promise.withResolvers<Parts>();
  const running = await createEngine(
    toEngineOptions(settings, { ...options, databaseUrl: database.url, parts: assembled.promise }),
  );
  const { engine, lease } = running;
  const inbox = await openInbox({ settings, log, databaseUrl: database.url, engine, lease });
  const github = await openGithub(settings, { ...options, store: inbox.store, lease });
  const parts: Parts = { settings, log, catalog, sandbox, runtime, engine, store: inbox.store, ...github };
  assembled.resolve(parts);
  const webhookUrl = await inbox.listen(parts);
  return { parts, webhookUrl, stop: () => stop(running, { inbox, github, database }) };
}

interface EngineNeeds extends BatonOptions {
  readonly databaseUrl: string;
  /** Workflows that were taken over begin before the rest is up; they wait for it. */
  readonly parts: Promise<Parts>;
}

function toEngineOptions(
  settings: Settings,
  { databaseUrl, log, parts, onLeaseLost }: EngineNeeds,
): EngineOptions {
  const loop = parts.then(toRunLoop);
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
      delivery: { perform: async (input, durable) => deliver(String(input), durable, await parts) },
    },
  };
}

async function deliver(guid: string, durable: Durable, { store, github, log }: Parts): Promise<void> {
  await handleDelivery(guid, durable, { read: (id) => store.inbox.read(id), deliver: github.deliver, log });
}

interface Open {
  readonly inbox: { stop(): Promise<void>; close(): Promise<void> };
  readonly github: { readonly workspace: { close(): Promise<void> } };
  readonly database: { close(): Promise<void> };
}

/** From the outside in: first no more webhooks, then no more work, then what the work stood on. */
async function stop(running: RunningEngine, { inbox, github, database }: Open): Promise<void> {
  await inbox.stop();
  await running.stop();
  await github.workspace.close();
  await inbox.close();
  await database.close();
}
