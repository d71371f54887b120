import type { Catalog } from './catalog.ts';
import { PLUG_INS } from './plug-ins.ts';
import { readDataFiles } from './read-data-files.ts';
import { toCatalog } from './to-catalog.ts';

/**
 * Reads the catalog in `directory` (workflows, roles, profiles) together with the plug-ins that come with Baton.
 * Rejects with a `CatalogError` that holds every fault.
 */
export async function readCatalog({ directory }: { readonly directory: string }): Promise<Catalog> {
  return toCatalog(await readDataFiles(directory), PLUG_INS);
}
