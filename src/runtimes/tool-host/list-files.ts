import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, matchesGlob, relative } from 'node:path';
import type { ToolInputs } from './protocol.ts';
import { resolveExisting } from './resolve-path.ts';

const MOST_ENTRIES = 500;
/** What a search for names looks at before it gives up. */
const MOST_LOOKED_AT = 100_000;
/** What others wrote; it is listed when it is asked for by name. */
const SKIPPED = new Set(['node_modules', '.git']);

/** The entries of a directory, or with a glob the files below it that match. Links are named and not followed. */
export async function listFiles(root: string, input: ToolInputs['list']): Promise<string> {
  const directory = await resolveExisting(root, input.path ?? '.');
  const { glob } = input;
  const names =
    glob === undefined
      ? (await readEntries(directory)).map(toName)
      : (await findFiles(directory, glob)).map((path) => relative(root, path));
  if (names.length === 0) {
    return glob === undefined ? '(the directory is empty)' : '(no file matches)';
  }
  const shown = names.slice(0, MOST_ENTRIES);
  const more = names.length > shown.length ? [`(${names.length - shown.length} more)`] : [];
  return [...shown, ...more].join('\n');
}

async function readEntries(directory: string): Promise<readonly Dirent[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  return entries.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function toName(entry: Dirent): string {
  if (entry.isDirectory()) {
    return `${entry.name}/`;
  }
  return entry.isSymbolicLink() ? `${entry.name} (a link)` : entry.name;
}

async function findFiles(top: string, glob: string): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [top];
  let lookedAt = 0;
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    for (const entry of await readEntries(directory)) {
      const path = join(directory, entry.name);
      lookedAt += 1;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        open.push(path);
      } else if (entry.isFile() && matchesGlob(relative(top, path), glob)) {
        found.push(path);
      }
    }
    if (lookedAt > MOST_LOOKED_AT) {
      throw new Error('There are too many files; name a directory further down.');
    }
  }
  return found.toSorted();
}
