import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../ports/sandbox.ts';
import { INSTALL_REMEDY } from './bubblewrap-result.ts';

export type Probe =
  | { readonly usable: true }
  | { readonly usable: false; readonly reason: string; readonly remedy: string };

const LEAK_REMEDY =
  'Do not run untrusted work on this host: its kernel or container settings break the isolation.';

/** What the program inside tries: to find a variable of a process of the host, and to reach the host's loopback. */
const ATTACK = `
const { readdirSync, readFileSync } = require('node:fs');
const [marker, port] = process.argv.slice(1);
const environments = readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).map((pid) => {
  try { return readFileSync('/proc/' + pid + '/environ', 'utf8'); } catch { return ''; }
});
const seen = environments.some((text) => text.includes('BATON_PROBE=' + marker));
function tell(reached) { console.log(JSON.stringify({ seen, reached })); process.exit(0); }
require('node:net').connect(Number(port), '127.0.0.1').on('connect', () => tell(true)).on('error', () => tell(false));
`;

/** Really runs a sandbox, and attacks from inside. Done at the start: without a sandbox no agent is run. */
export async function probeSandbox(sandbox: Sandbox): Promise<Probe> {
  const marker = randomUUID();
  const directory = await mkdtemp(join(tmpdir(), 'baton-probe-'));
  const bystander = spawn('/bin/sleep', ['120'], { env: { BATON_PROBE: marker }, stdio: 'ignore' });
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  try {
    await Promise.all([once(server, 'listening'), once(bystander, 'spawn')]);
    const result = await sandbox.run(
      {
        argv: [process.execPath, '-e', ATTACK, marker, String(toPort(server))],
        // Only read, so that it can be tried on a volume that is nearly full, too.
        tree: { path: directory, access: 'read' },
        // Only ends what hangs, and before the bystander is gone.
        timeoutMs: 60_000,
      },
      new AbortController().signal,
    );
    return toProbe(result.kind === 'unavailable' ? result : { kind: result.kind, output: result.output });
  } finally {
    await end(bystander, server);
    await rm(directory, { recursive: true, force: true });
  }
}

function toProbe(
  result: { kind: 'unavailable'; reason: string; remedy: string } | { kind: string; output: string },
): Probe {
  if ('remedy' in result) {
    return { usable: false, reason: result.reason, remedy: result.remedy };
  }
  const output = result.output.trim();
  switch (output) {
    case '{"seen":false,"reached":false}':
      return { usable: true };
    case '{"seen":true,"reached":false}':
    case '{"seen":true,"reached":true}':
      return {
        usable: false,
        reason: 'A sandboxed process can read the environment of other processes.',
        remedy: LEAK_REMEDY,
      };
    case '{"seen":false,"reached":true}':
      return {
        usable: false,
        reason: 'A sandboxed process can reach the loopback network.',
        remedy: LEAK_REMEDY,
      };
    default:
      return {
        usable: false,
        reason: `The sandbox did not run Node: ${output.slice(0, 500)}`,
        remedy: INSTALL_REMEDY,
      };
  }
}

function toPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Resolves when nothing of them is left. One that never was has nothing to wait for. */
async function end(bystander: ChildProcess, server: Server): Promise<void> {
  server.close();
  if (bystander.pid !== undefined && bystander.exitCode === null && bystander.signalCode === null) {
    const gone = once(bystander, 'exit');
    bystander.kill('SIGKILL');
    await gone;
  }
}
