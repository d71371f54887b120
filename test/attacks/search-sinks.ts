import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findCanaries } from './arena/canaries.ts';
import { runProgram } from './arena/run-program.ts';
import { type Expectation, equal } from './expectations.ts';
import { readPages } from './read-pages.ts';
import type { Place, Target } from './targets/target.ts';

/** Looks for every secret in everything that a server has left anywhere, whichever attack it came from. */
export async function searchSinks(target: Target, places: readonly Place[]): Promise<readonly Expectation[]> {
  const { arena, simulator } = target;
  const pages = await Promise.all(places.map((place) => readPages(simulator, place)));
  const sinks: Readonly<Record<string, readonly string[]>> = {
    'all that it printed': [target.log()],
    'all tables': [await target.stored()],
    'all bodies that GitHub was sent': [JSON.stringify(simulator.ledger())],
    'all addresses that GitHub was asked for': [JSON.stringify(simulator.requests())],
    'all pages of GitHub': pages,
    'all that the model was sent': [arena.model.requests()],
    'all objects of all repositories': await readObjects(target, places),
    'the metrics': [await target.metrics()],
    'all traces': arena.collector.all,
    'all files that it keeps': await readFiles(target.home),
  };
  return Object.entries(sinks).map(([name, texts]) => {
    const found = new Set(texts.flatMap((text) => findCanaries(arena.canaries, text)));
    return equal(`secrets in ${name}`, [...found], []);
  });
}

/** Commits, files and tags as they are, those that no branch has any more included. */
function readObjects({ repositories }: Target, places: readonly Place[]): Promise<readonly string[]> {
  const args = ['cat-file', '--batch-all-objects', '--batch'];
  return Promise.all(
    places.map(({ owner, repo }) => runProgram('git', args, join(repositories, owner, `${repo}.git`))),
  );
}

async function readFiles(directory: string | null): Promise<readonly string[]> {
  if (directory === null) {
    return [];
  }
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map((file) => readFile(file, 'latin1').catch(() => '')));
}
