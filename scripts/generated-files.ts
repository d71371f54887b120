import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Path from the root of the repository -> text. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Folders in which every file is generated: what is there and no longer made is stale. */
const OWNED_FOLDERS = ['docs/reference', 'schemas'];

/** What is wrong with the files on disk, one line each; nothing when they are as generated. */
export function findStale(root: string, files: GeneratedFiles): readonly string[] {
  const differing = [...files].flatMap(([path, text]) => {
    const file = resolve(root, path);
    if (!existsSync(file)) {
      return [`${path} is missing`];
    }
    return readFileSync(file, 'utf8') === text ? [] : [`${path} is out of date`];
  });
  return [...differing, ...findLeftOver(root, files).map((path) => `${path} is no longer generated`)];
}

/** Writes what differs, removes what is left over; returns the paths it touched. */
export function writeGenerated(root: string, files: GeneratedFiles): readonly string[] {
  const leftOver = findLeftOver(root, files);
  for (const path of leftOver) {
    rmSync(resolve(root, path));
  }
  const changed = [...files].filter(([path, text]) => {
    const file = resolve(root, path);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  for (const [path, text] of changed) {
    const file = resolve(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return [...leftOver, ...changed.map(([path]) => path)];
}

function findLeftOver(root: string, files: GeneratedFiles): readonly string[] {
  return OWNED_FOLDERS.filter((folder) => existsSync(resolve(root, folder)))
    .flatMap((folder) =>
      readdirSync(resolve(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => `${folder}/${entry.name}`),
    )
    .filter((path) => !files.has(path));
}
