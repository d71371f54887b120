import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { vi } from 'vitest';
import { find, readJournal } from './journal.ts';
import type { Entry, Instruction, ReplicaSettings, Request } from './replica-process.ts';

/** A replica in a process of its own. */
export interface Replica {
  readonly pid: number;
  /** Starts the script as a `run` in its own partition, unless told otherwise. */
  run(
    id: string,
    instructions: readonly Instruction[],
    how?: { workflow?: string; partition?: string },
  ): Promise<void>;
  ask(request: Request): Promise<void>;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, then wait until it is gone. */
  kill(): Promise<void>;
  /** The orderly end. */
  stop(): Promise<void>;
}

/** Starts one and waits until its engine works. */
export async function startReplica(
  place: Pick<ReplicaSettings, 'databaseUrl' | 'journal'>,
  more: Partial<ReplicaSettings> = {},
): Promise<Replica> {
  const settings: ReplicaSettings = {
    limits: { calls: 4, callsPerRole: 2 },
    drainMs: 5_000,
    ...place,
    ...more,
  };
  const child = fork(path.join(import.meta.dirname, 'replica-process.ts'), [JSON.stringify(settings)], {
    // No test lasts so long; one that fails leaves nobody behind.
    timeout: 300_000,
    killSignal: 'SIGKILL',
  });
  const gone = once(child, 'exit');
  const answers = new Map<number, (error: string | null) => void>();
  let last = 0;
  child.on('message', ({ number, error }: { number: number; error: string | null }) => {
    answers.get(number)?.(error);
  });

  function answer(number: number): Promise<void> {
    return new Promise((resolve, reject) => {
      answers.set(number, (error) => (error === null ? resolve() : reject(new Error(error))));
      void gone.then(() => reject(new Error('The replica has ended.')));
    });
  }

  function ask(request: Request): Promise<void> {
    last += 1;
    const answered = answer(last);
    child.send({ number: last, request });
    return answered;
  }

  await answer(0);
  return {
    pid: child.pid ?? 0,
    ask,
    run(id, instructions, { workflow = 'run', partition = id } = {}) {
      const input = { run: id, instructions };
      const request = { workflow, id, input, ...(workflow === 'run' ? { partition } : {}) };
      return ask({ kind: 'start', request });
    },
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      await ask({ kind: 'stop' });
      await gone;
    },
  };
}

/** Waits for an entry of that kind; returns the first. */
export function untilNoted(file: string, wanted: Partial<Entry>, timeout = 60_000): Promise<Entry> {
  return vi.waitFor(
    () => {
      const found = find(file, wanted)[0];
      if (found === undefined) {
        throw new Error(
          `Nobody has noted ${JSON.stringify(wanted)}; there is ${JSON.stringify(readJournal(file))}`,
        );
      }
      return found;
    },
    { timeout, interval: 10 },
  );
}
