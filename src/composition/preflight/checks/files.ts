import { join } from 'node:path';
import { CatalogError } from '../../../catalog/fault.ts';
import { readCatalog } from '../../../catalog/read-catalog.ts';
import { type Check, fail, ok } from '../check.ts';

/** Where the shipped workflows, roles and profiles are. */
const DIRECTORY = join(import.meta.dirname, '../../../..');

/** The role files, workflows and profiles that come with the server. */
export const check: Check = {
  name: 'files',
  of: 'machine',
  notAtStart: true,
  run: () => checkFiles(DIRECTORY),
};

/** The same for another directory. */
export async function checkFiles(directory: string): ReturnType<Extract<Check, { of: 'machine' }>['run']> {
  try {
    const { roles, workflows, profiles } = await readCatalog({ directory });
    return roles.size === 0 || workflows.size === 0
      ? [
          fail(
            `${directory} has no role or no workflow files`,
            'Install Baton anew: files of it are missing.',
          ),
        ]
      : [ok(`${roles.size} roles, ${workflows.size} workflows and ${profiles.length} profiles are valid`)];
  } catch (error) {
    if (!(error instanceof CatalogError)) {
      throw error;
    }
    return error.faults.map(({ file, line, message, remedy }) => fail(`${file}:${line}: ${message}`, remedy));
  }
}
