import { join } from 'node:path';
import type { Logger } from 'pino';
import { ensureHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import type { RequestObservation } from '../github/octokit/perform-request.ts';
import type { Sandbox } from '../ports/sandbox.ts';
import { openDatabase } from './open-database.ts';
import { openSandbox } from './open-sandbox.ts';
import type { Parts } from './parts.ts';

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

/** Where the shipped workflows, roles and profiles are. */
const CATALOG_DIRECTORY = join(import.meta.dirname, '../..');

/**
 * Starts Baton. The database and the trial of the sandbox are processes of their own, so the larger part of the
 * program is loaded meanwhile.
 */
export async function startBaton(settings: Settings, options: BatonOptions): Promise<Baton> {
  await ensureHome(settings.home);
  const opening = openDatabase(settings.database, options.log);
  const trial = options.sandbox ?? openSandbox(settings.sandbox, options.log);
  try {
    const [{ assembleBaton, catalog }, database, sandbox] = await Promise.all([loadRest(), opening, trial]);
    return await assembleBaton(settings, { ...options, catalog, database, sandbox });
  } catch (error) {
    await opening.then(({ close }) => close()).catch(() => undefined);
    throw error;
  }
}

async function loadRest() {
  const [{ assembleBaton }, { readCatalog }] = await Promise.all([
    import('./assemble-baton.ts'),
    import('../catalog/read-catalog.ts'),
  ]);
  return { assembleBaton, catalog: await readCatalog({ directory: CATALOG_DIRECTORY }) };
}
