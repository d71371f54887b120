import { access } from 'node:fs/promises';
import path from 'node:path';

/** Whether an embedded PostgreSQL was ever made in this directory. */
export async function hasCluster(directory: string): Promise<boolean> {
  return access(path.join(directory, 'cluster', 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}
