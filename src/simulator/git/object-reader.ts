import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GIT_ENVIRONMENT } from './git-environment.ts';
import { type GitObject, takeObject } from './take-object.ts';

/** Reads objects by any revision expression through one lasting `git cat-file`, so a read starts no process. */
export type ObjectReader = {
  /** The object, or null when there is none of that name. */
  read(revision: string): Promise<GitObject | null>;
  close(): void;
};

type Waiting = { resolve(object: GitObject | null): void; reject(error: Error): void };

/** Opens a reader on a bare repository; its process starts with the first read. */
export function openObjectReader(directory: string): ObjectReader {
  let child: ChildProcessWithoutNullStreams | null = null;
  let received: Buffer = Buffer.alloc(0);
  const waiting: Waiting[] = [];

  function receive(chunk: Buffer): void {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    for (let taken = takeObject(received); taken && waiting.length > 0; taken = takeObject(received)) {
      received = taken.rest;
      waiting.shift()?.resolve(taken.object);
    }
  }

  function start(): ChildProcessWithoutNullStreams {
    const started = spawn('git', ['--git-dir', directory, 'cat-file', '--batch'], {
      env: { ...GIT_ENVIRONMENT },
    });
    started.stdout.on('data', receive);
    started.on('error', () => failAll('could not be started'));
    started.on('close', () => failAll('ended'));
    started.stdin.on('error', () => undefined);
    return started;
  }

  function failAll(what: string): void {
    child = null;
    received = Buffer.alloc(0);
    for (const one of waiting.splice(0)) {
      one.reject(new Error(`git cat-file ${what} while reading ${directory}.`));
    }
  }

  return {
    read(revision) {
      if (revision.includes('\n') || revision.length === 0) {
        return Promise.resolve(null);
      }
      child ??= start();
      const running = child;
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        running.stdin.write(`${revision}\n`);
      });
    },
    close() {
      child?.stdin.end();
      child?.kill();
    },
  };
}
