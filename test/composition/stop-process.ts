import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { DATABASE_STOP_MS } from '../../src/composition/open-database.ts';
import { STOP_REST_MS, stopBaton } from '../../src/composition/stop-baton.ts';
import { SILENT } from '../store/held-and-silent.ts';

/**
 * Stops a Baton whose engine never ends, in a process of its own, since all that came from that is killed. Prints what
 * happens, in order, and how the command of an agent fares then.
 */
const command = spawn('sleep', ['300'], { stdio: 'ignore' });
await once(command, 'spawn');
const gone = once(command, 'exit').then(([, signal]: unknown[]) => signal);

function done(): Promise<void> {
  return Promise.resolve();
}

function say(what: string, how: unknown): void {
  process.stdout.write(`${what}: ${String(how)}\n`);
}

/** The letter of proc(5): `S` for one that sleeps undisturbed. */
function readState(pid: number | undefined): string | undefined {
  return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
}

const outcome = await stopBaton(
  {
    ending: new AbortController(),
    team: { stop: () => undefined, end: done },
    inbox: { stop: done, close: done },
    metrics: { close: done },
    mcp: null,
    running: {
      stop: () => new Promise(() => undefined),
      cutShort() {
        say('cut short', readState(command.pid));
      },
    },
    traces: { drain: done },
    gateways: { close: done },
    egress: { close: done },
    workspace: { close: done },
    database: {
      pid: null,
      async close(how) {
        say('database', `${how}, ${String(await gone)}`);
      },
    },
  },
  // In all hardly anything.
  { drainMs: 50 - (STOP_REST_MS - DATABASE_STOP_MS) },
  SILENT,
);
say('outcome', outcome);
