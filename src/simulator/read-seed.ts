import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { checkSeed, SeedFaulty } from './check-seed.ts';
import type { CheckedSeed } from './seed.ts';

/**
 * Reads a seed from a YAML (or JSON) file. Directories in it are relative to the file.
 * @throws SeedFaulty with all faults; Error when the file cannot be read.
 */
export async function readSeed(path: string): Promise<CheckedSeed> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`The seed ${path} cannot be read. Give the path of a YAML file with --seed.`, { cause });
  });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new SeedFaulty(
      document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message}`),
    );
  }
  const seed = checkSeed(document.toJS());
  return {
    ...seed,
    repositories: seed.repositories.map((repository) =>
      repository.directory === undefined
        ? repository
        : { ...repository, directory: resolve(dirname(path), repository.directory) },
    ),
  };
}
