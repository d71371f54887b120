import { join } from 'node:path';
import { ensureHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import type { Baton, BatonOptions } from './baton.ts';
import { openDatabase } from './open-database.ts';
import { openSandbox } from './open-sandbox.ts';

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
    await opening.then((database) => database.close()).catch(() => undefined);
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
