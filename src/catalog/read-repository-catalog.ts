import type { Offer } from '../domain/offer.ts';
import type { RepositorySettings } from '../domain/repository-settings.ts';
import { setUpRoles } from '../domain/set-up-roles.ts';
import type { Catalog, PlugIns } from './catalog.ts';
import { checkDataFiles, toNameOfFile } from './check-data-files.ts';
import { CatalogError } from './fault.ts';
import { parsePipelineFile } from './parse-pipeline-file.ts';
import { parseRepositorySettings } from './parse-repository-settings.ts';
import type { DataFile, DataFiles } from './read-data-files.ts';
import { type RepositoryReader, readRepositoryFiles } from './read-repository-files.ts';
import { joinCatalog } from './to-catalog.ts';

/** What holds in one repository. */
export interface RepositoryCatalog {
  readonly catalog: Catalog;
  readonly settings: RepositorySettings;
}

/** What a server brings to each repository. */
export interface ServerCatalog {
  readonly files: DataFiles;
  readonly plugIns: PlugIns;
  /** What roles may be asked with; null where that is not known, as on the machine of a repository's author. */
  readonly offer?: Offer | null;
}

/**
 * The server's catalog with the workflows and roles of a repository over it, and the repository's settings. A file of
 * the repository replaces the server's of the same name. Which commit the reader reads is the caller's choice: what an
 * agent can write must not decide what agents do.
 * @throws CatalogError with every fault of every file.
 */
export async function readRepositoryCatalog(
  { files, plugIns, offer = null }: ServerCatalog,
  reader: RepositoryReader,
): Promise<RepositoryCatalog> {
  const own = await readRepositoryFiles(reader);
  const workflows = replaceByName(files.workflows, own.workflows);
  const roles = replaceByName(files.roles, own.roles);
  const checked = checkDataFiles({ ...files, workflows, roles }, plugIns, offer);
  // A workflow that could not be read is faulted once, in its own file, not again where a label names it.
  const subjects = new Map([
    ...workflows.map((file) => [toNameOfFile(file), null] as const),
    ...checked.workflows.map(({ name, subject }) => [name, subject] as const),
  ]);
  const strict = [...plugIns.gates.values()].filter(({ alwaysStrict }) => alwaysStrict === true);
  const strictGates = new Set(strict.map(({ name }) => name));
  const known = new Map([
    ...roles.map((file) => [toNameOfFile(file), null] as const),
    ...checked.roles.map((role) => [role.name, role] as const),
  ]);
  const choosable = { roles: known, offer };
  const parsed = parseRepositorySettings(own.settings, {
    subjects,
    strictGates,
    choosable,
    members: plugIns.members,
  });
  const pipeline = parsePipelineFile(own.pipeline);
  const all = [...own.faults, ...parsed.faults, ...pipeline.faults, ...checked.faults];
  if (all.length > 0) {
    throw new CatalogError(all);
  }
  const settings = {
    ...parsed.settings,
    delivery: { ...pipeline.delivery, ...parsed.settings.delivery },
  };
  return { catalog: withSetups(joinCatalog(checked, plugIns), settings, offer), settings };
}

/** What a role is asked with is part of what a run does. */
function withSetups(catalog: Catalog, { agents }: RepositorySettings, offer: Offer | null): Catalog {
  if (offer === null) {
    return catalog;
  }
  return {
    ...catalog,
    define: (name) => setUpRoles(catalog.define(name), agents, offer),
    defineMade(workflow) {
      const made = catalog.defineMade(workflow);
      return made === null ? null : setUpRoles(made, agents, offer);
    },
  };
}

function replaceByName(server: readonly DataFile[], own: readonly DataFile[]): readonly DataFile[] {
  const replaced = new Set(own.map(toNameOfFile));
  return [...server.filter((file) => !replaced.has(toNameOfFile(file))), ...own];
}
