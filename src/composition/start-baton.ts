import { join } from 'node:path';
import { ensureHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import type { Baton, BatonOptions } from './baton.ts';
import { openDatabase } from './open-database.ts';
import { openSandbox } from './open-sandbox.ts';
import { useProxy } from './use-proxy.ts';

/** Where the shipped workflows, roles and profiles are. */
const CATALOG_DIRECTORY = join(import.meta.dirname, '../..');

/**
 * Starts Baton. The database and the trial of the sandbox are processes of their own, so the larger part of the
 * program is loaded meanwhile.
 */
export async function startBaton(settings: Settings, options: BatonOptions): Promise<Baton> {
  useProxy(settings.proxy);
  await ensureHome(settings.home);
  // First, because it may move this process to another control group, and what is started after that goes along.
  const trial = options.sandbox ?? openSandbox(settings, options.log);
  const opening = openDatabase(settings.database, options.log);
  try {
    const [{ assembleBaton, serverCatalog }, database, sandbox] = await Promise.all([
      loadRest(),
      opening,
      trial,
    ]);
    return await assembleBaton(settings, { ...options, serverCatalog, database, sandbox });
  } catch (error) {
    await opening.then((database) => database.close()).catch(() => undefined);
    throw error;
  }
}

async function loadRest() {
  const [{ assembleBaton }, { PLUG_INS }, { readDataFiles }] = await Promise.all([
    import('./assemble-baton.ts'),
    import('../catalog/plug-ins.ts'),
    import('../catalog/read-data-files.ts'),
  ]);
  return {
    assembleBaton,
    serverCatalog: { files: await readDataFiles(CATALOG_DIRECTORY), plugIns: PLUG_INS },
  };
}
