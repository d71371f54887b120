import { join } from 'node:path';

/** Where a directory lies in a layer, by where it is seen. */
export function toPartName(at: string): string {
  return at.startsWith('~/') ? join('home', at.slice('~/'.length)) : join('tree', at);
}
