import { statfs } from 'node:fs/promises';

/** What is left on a volume. */
export interface Volume {
  readonly freeBytes: number;
  readonly freeFiles: number;
}

/** The volume that a path lies on; null when it cannot be asked. */
export async function readVolume(path: string): Promise<Volume | null> {
  const volume = await statfs(path).catch(() => null);
  return volume === null ? null : { freeBytes: volume.bavail * volume.bsize, freeFiles: volume.ffree };
}
