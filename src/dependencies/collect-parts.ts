import { lstat, mkdir, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { InstallRequest } from '../ports/dependencies.ts';
import type { Layer } from './layers/layer.ts';
import type { Making } from './layers/make-layer.ts';
import { toPartName } from './part-name.ts';

/**
 * Moves what was installed into the layer: the directories beside any of the files. What was there has been in the hands
 * of packages, so no link is followed.
 */
export async function collectParts(
  { work, content }: Making,
  { installer, files }: InstallRequest,
): Promise<Layer['parts']> {
  const directories = [...new Set([...files.keys()].map((path) => dirname(path)))].toSorted();
  const root = await realpath(work);
  const parts: Layer['parts'] = [];
  for (const at of toPlaces(installer.into, directories)) {
    const path = toPartName(at);
    if (await moveIn({ from: join(root, at), to: join(content, path), at })) {
      await Promise.all(installer.scratch.map((name) => makeEmpty(join(content, path, name))));
      parts.push({ at, path, scratch: installer.scratch });
    }
  }
  return parts;
}

function toPlaces(into: readonly string[], directories: readonly string[]): readonly string[] {
  return into.flatMap((at) =>
    at.startsWith('~/') ? [at] : directories.map((directory) => join(directory, at)),
  );
}

/** Whether there is something at this place. What lies in the home was written in the layer itself. */
async function moveIn({ from, to, at }: { from: string; to: string; at: string }): Promise<boolean> {
  if (at.startsWith('~/')) {
    return true;
  }
  const stat = await lstat(from).catch(() => null);
  if (stat === null) {
    return false;
  }
  if (!stat.isDirectory() || (await realpath(from)) !== from) {
    throw new Error(`${at} is no directory, or a link leads to it`);
  }
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
  return true;
}

async function makeEmpty(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path);
}
