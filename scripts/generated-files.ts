import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Path from the root of the repository -> text. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** A set of generated files. In an owned folder every file is generated, so what else lies there is left over. */
export interface Generated {
  readonly files: GeneratedFiles;
  readonly ownedFolders: readonly string[];
}

/** What is wrong with the files on disk, one line each; nothing when they are as generated. */
export function findStale(root: string, { files, ownedFolders }: Generated): readonly string[] {
  const differing = [...files].flatMap(([path, text]) => {
    const found = read(root, path);
    if (found === null) {
      return [`${path} is missing`];
    }
    return found === text ? [] : [`${path} is out of date`];
  });
  const leftOver = findLeftOver(root, files, ownedFolders);
  return [...differing, ...leftOver.map((path) => `${path} is no longer generated`)];
}

/** Writes what differs and removes what is left over; returns the paths it touched. */
export function writeGenerated(root: string, { files, ownedFolders }: Generated): readonly string[] {
  const leftOver = findLeftOver(root, files, ownedFolders);
  for (const path of leftOver) {
    rmSync(resolve(root, path));
  }
  const changed = [...files].filter(([path, text]) => read(root, path) !== text);
  for (const [path, text] of changed) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true });
    writeFileSync(resolve(root, path), text);
  }
  return [...leftOver, ...changed.map(([path]) => path)];
}

function read(root: string, path: string): string | null {
  const file = resolve(root, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function findLeftOver(root: string, files: GeneratedFiles, folders: readonly string[]): readonly string[] {
  return folders
    .filter((folder) => existsSync(resolve(root, folder)))
    .flatMap((folder) => readdirSync(resolve(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !files.has(path));
}
