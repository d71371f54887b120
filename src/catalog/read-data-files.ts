import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of the catalog, as text. `path` is relative to the catalog's directory, with `/`. */
export interface DataFile {
  readonly path: string;
  readonly text: string;
}

const FOLDERS = { workflows: '.yaml', roles: '.md', profiles: '.yaml' } as const;
type FolderName = keyof typeof FOLDERS;
export type DataFiles = Readonly<Record<FolderName, readonly DataFile[]>>;

/** Reads `workflows/*.yaml`, `roles/*.md` and `profiles/*.yaml`, each sorted by name. A folder may be absent. */
export async function readDataFiles(directory: string): Promise<DataFiles> {
  const [workflows, roles, profiles] = await Promise.all([
    readFolder(directory, 'workflows'),
    readFolder(directory, 'roles'),
    readFolder(directory, 'profiles'),
  ]);
  return { workflows, roles, profiles };
}

async function readFolder(directory: string, folder: FolderName): Promise<readonly DataFile[]> {
  const names = (await listNames(join(directory, folder)))
    .filter((name) => name.endsWith(FOLDERS[folder]))
    .toSorted();
  return Promise.all(
    names.map(async (name) => ({
      path: `${folder}/${name}`,
      text: await readFile(join(directory, folder, name), 'utf8'),
    })),
  );
}

async function listNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}
