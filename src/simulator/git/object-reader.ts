import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GIT_ENVIRONMENT } from './git-environment.ts';

export type GitObjectType = 'commit' | 'tree' | 'blob' | 'tag';
export type GitObject = { readonly sha: string; readonly type: GitObjectType; readonly content: Buffer };

/** Reads objects by any revision expression through one lasting `git cat-file`, so a read starts no process. */
export type ObjectReader = {
  /** The object, or null when there is none of that name. */
  read(revision: string): Promise<GitObject | null>;
  close(): void;
};

type Waiting = { resolve(object: GitObject | null): void; reject(error: Error): void };

const HEADER = /^([0-9a-f]{40}) (commit|tree|blob|tag) (\d+)$/;

/** Opens a reader on a bare repository; its process starts with the first read. */
export function openObjectReader(directory: string): ObjectReader {
  let child: ChildProcessWithoutNullStreams | null = null;
  let received: Buffer = Buffer.alloc(0);
  const waiting: Waiting[] = [];

  function takeAnswer(): boolean {
    const lineEnd = received.indexOf(10);
    const first = waiting[0];
    if (lineEnd < 0 || !first) {
      return false;
    }
    const header = HEADER.exec(received.subarray(0, lineEnd).toString());
    if (!header) {
      received = received.subarray(lineEnd + 1);
      waiting.shift()?.resolve(null);
      return true;
    }
    const end = lineEnd + 1 + Number(header[3]);
    if (received.length < end + 1) {
      return false;
    }
    const content = Buffer.from(received.subarray(lineEnd + 1, end));
    received = received.subarray(end + 1);
    waiting.shift()?.resolve({ sha: header[1] ?? '', type: toObjectType(header[2]), content });
    return true;
  }

  function start(): ChildProcessWithoutNullStreams {
    const started = spawn('git', ['--git-dir', directory, 'cat-file', '--batch'], {
      env: { ...GIT_ENVIRONMENT },
    });
    started.stdout.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      while (takeAnswer()) {
        // Each pass settles one waiting read.
      }
    });
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

function toObjectType(word: string | undefined): GitObjectType {
  return word === 'commit' || word === 'tree' || word === 'tag' ? word : 'blob';
}
