import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../../../src/ports/log.ts';
import { createBubblewrapSandbox } from '../../../src/sandbox/create-bubblewrap-sandbox.ts';
import { probeSandbox } from '../../../src/sandbox/probe-sandbox.ts';

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Without bubblewrap these tests fail: a skipped proof of isolation looks like a passed one. */
export async function requireBubblewrap(): Promise<void> {
  const probe = await probeSandbox(createBubblewrapSandbox({ log: silentLog }));
  if (!probe.usable) {
    throw new Error(`${probe.reason} These tests need it: apt-get install -y bubblewrap`);
  }
}

/** Command lines of all processes that mention a text. */
export function findProcesses(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(text));
}

/** Command lines of the processes that a process has started and that are not gone; empty for one that is dead. */
export function findChildren(parent: number): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [, own = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return own === String(parent)
          ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
          : [];
      } catch {
        return [];
      }
    });
}

/** Waits until something is so; throws when it is not after a minute. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6000; tries += 1) {
    if (isSo()) {
      return;
    }
    await wait(10);
  }
  throw new Error('What was waited for did not happen.');
}

/** A server on the host's loopback which counts those who come. */
export async function listen(): Promise<{ server: Server; port: number; visits: () => number }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.end('secret');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { server, port: typeof address === 'object' ? (address?.port ?? 0) : 0, visits: () => visits };
}

/** All lines, when there are no more to come. */
export async function collect(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const collected: string[] = [];
  for await (const line of lines) {
    collected.push(line);
  }
  return collected;
}
