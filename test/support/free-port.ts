import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** `fetch` refuses some of those below, and services of the machine are at home there. */
const FIRST = 10_100;
const LAST = 65_535;
const EPHEMERAL = '/proc/sys/net/ipv4/ip_local_port_range';

/**
 * Ports that this system gives to nobody who asks for any: the next connection of somebody else could get another. All,
 * where it may give each.
 */
function keptPorts(): readonly number[] {
  const [low = FIRST, high = LAST] = readFileSync(EPHEMERAL, 'utf8').trim().split(/\s+/).map(Number);
  const all = Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index);
  const kept = all.filter((port) => port < low || port > high);
  return kept.length === 0 ? all : kept;
}

/** A port of loopback that is free, for a program that must be told which one to take, or must come back to it. */
export async function freePort(): Promise<number> {
  const ports = keptPorts();
  for (;;) {
    const port = ports[Math.floor(Math.random() * ports.length)] ?? FIRST;
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (isFree) {
      server.close();
      await once(server, 'close');
      return port;
    }
  }
}
