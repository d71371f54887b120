import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../../src/ports/log.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Sees in the log what happens to spares, which have no other sign. */
export interface SpareWatch {
  readonly log: Log;
  /** Messages of warnings and errors. */
  readonly warnings: string[];
  /** How many spares were made or brought to another commit. */
  ready(): number;
  /** Resolves when as many spares are ready as are wanted, the last one at this commit. */
  until(commit: string): Promise<void>;
  /** How many were given up, with a warning or without. */
  givenUp(): number;
  /** Resolves when a spare was given up. */
  untilGivenUp(): Promise<void>;
}

export function watchSpares(): SpareWatch {
  const warnings: string[] = [];
  const ready: Fields[] = [];
  const state = { givenUp: 0 };
  const listeners = new Set<() => void>();
  function note(fields: Fields, message: string): void {
    if (message === 'a spare is ready') {
      ready.push(fields);
    }
    state.givenUp += message === 'a spare was given up' ? 1 : 0;
    for (const listener of listeners) {
      listener();
    }
  }
  function warn(fields: Fields, message: string): void {
    warnings.push(message);
    note(fields, message);
  }
  function until(holds: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    function look(): void {
      if (holds()) {
        listeners.delete(look);
        resolve();
      }
    }
    listeners.add(look);
    look();
    return promise;
  }
  return {
    log: { debug: note, info: note, warn, error: warn },
    warnings,
    ready: () => ready.length,
    async until(commit) {
      await until(() => {
        const last = ready.at(-1);
        return last?.['commit'] === commit && last['spares'] === last['wanted'];
      });
      ready.length = 0;
    },
    givenUp: () => state.givenUp,
    untilGivenUp: () => until(() => state.givenUp > 0),
  };
}

/** The directory in which the only process of a home keeps its spares. */
export function findSpares(home: string): string {
  const [name = ''] = readdirSync(join(home, 'processes'));
  return join(home, 'processes', name, 'spares');
}

/** What tells the spares of a home from all other directories, wherever they are moved. */
export function readSpares(home: string): readonly number[] {
  const directory = findSpares(home);
  return readdirSync(directory).map((name) => statSync(join(directory, name)).ino);
}
