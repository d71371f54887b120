import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CatalogError, type CatalogFault } from '../catalog/fault.ts';
import { PLUG_INS } from '../catalog/plug-ins.ts';
import { readDataFiles } from '../catalog/read-data-files.ts';
import { type RepositoryCatalog, readRepositoryCatalog } from '../catalog/read-repository-catalog.ts';
import { REPOSITORY_FOLDER, type RepositoryReader, SETTINGS_FILE } from '../catalog/read-repository-files.ts';
import { UsageError } from './command-line.ts';
import { openDirectory } from './directory-reader.ts';

/** Where the shipped workflows, roles and profiles are. */
const SERVER_DIRECTORY = join(import.meta.dirname, '../..');

const NOTHING: RepositoryReader = {
  readFile: () => Promise.resolve(null),
  listFiles: () => Promise.resolve([]),
};

export interface Both extends RepositoryCatalog {
  /** The directory of the repository that was read; null when it was the server's files alone. */
  readonly directory: string | null;
}

/**
 * The server's catalog with the repository in `directory` over it. Without one it is the current directory, if that
 * has something of its own.
 * @throws CatalogError with every fault; the files in it are paths from the current directory.
 * @throws UsageError when there is no such directory.
 */
export async function readBoth(given: string | undefined): Promise<Both> {
  const directory = given === undefined ? findOwn() : toDirectory(given);
  const reader = directory === null ? NOTHING : await openDirectory(directory);
  try {
    const server = { files: await readDataFiles(SERVER_DIRECTORY), plugIns: PLUG_INS };
    return { ...(await readRepositoryCatalog(server, reader)), directory };
  } catch (error) {
    throw error instanceof CatalogError && directory !== null
      ? new CatalogError(error.faults.map((fault) => toFound(fault, directory)))
      : error;
  }
}

function findOwn(): string | null {
  return [SETTINGS_FILE, REPOSITORY_FOLDER].some((path) => existsSync(path)) ? '.' : null;
}

function toDirectory(given: string): string {
  if (statSync(given, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`There is no directory ${given}.`);
  }
  return given;
}

/** A file of the repository, where the person can open it. */
function toFound(fault: CatalogFault, directory: string): CatalogFault {
  return fault.file.startsWith('.github/') ? { ...fault, file: join(directory, fault.file) } : fault;
}
