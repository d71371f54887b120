import { connect, type Socket } from 'node:net';
import type { Host } from '../../ports/egress.ts';
import { type EgressState, note } from './egress-state.ts';
import { type Address, isPublic } from './public-addresses.ts';

const CONNECT_TIMEOUT_MS = 20_000;

/** A connection to what was asked for, or the status that a proxy answers with. */
export type Dialled =
  | { readonly kind: 'connected'; readonly socket: Socket }
  | { readonly kind: 'refused'; readonly status: 403 | 429 | 502; readonly why: string };

/**
 * Connects to a host when the rules allow it. The name is looked up once, and the address that was checked is the one
 * that is connected to, so that a name cannot point elsewhere a moment later.
 */
export async function dial(state: EgressState, host: Host | null, asked: string): Promise<Dialled> {
  if (host === null) {
    return refuse(state, asked, 'only hosts by their names can be reached');
  }
  const target = toText(host);
  if (!isAmong(state.rules.hosts, host)) {
    return refuse(state, target, 'it is not on the list of hosts');
  }
  if (state.bytes >= state.limits.bytes) {
    return cutOff(state, target, `more than ${state.limits.bytes} bytes were transferred`);
  }
  if (state.connections >= state.limits.connections) {
    return { kind: 'refused', status: 429, why: 'too many connections at the same time' };
  }
  // Counted before anything is waited for, or all that come together would find room.
  state.connections += 1;
  const dialled = await reach(state, host);
  if (dialled.kind === 'connected') {
    dialled.socket.once('close', () => {
      state.connections -= 1;
    });
  } else {
    state.connections -= 1;
  }
  return dialled;
}

async function reach(state: EgressState, host: Host): Promise<Dialled> {
  const target = toText(host);
  const addresses = await state.resolve(host.name).catch(() => []);
  const [first] = addresses;
  if (first === undefined) {
    return fail(state, target, 'its name has no address');
  }
  if (!isAmong(state.rules.inside, host) && !addresses.every(isPublic)) {
    return refuse(state, target, 'its name leads into a private network');
  }
  return await open(state, first, { target, port: host.port });
}

async function open(
  state: EgressState,
  { address }: Address,
  { target, port }: { readonly target: string; readonly port: number },
): Promise<Dialled> {
  const socket = connect({ host: address, port, signal: state.signal });
  const why = await new Promise<string | null>((resolve) => {
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => resolve('it does not answer'));
    socket.once('connect', () => resolve(null));
    socket.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
  });
  if (why === null) {
    return { kind: 'connected', socket };
  }
  socket.destroy();
  return fail(state, target, why);
}

/** As `name:port`. */
export function toText({ name, port }: Host): string {
  return `${name}:${port}`;
}

function isAmong(hosts: readonly Host[], { name, port }: Host): boolean {
  return hosts.some((host) => host.name === name && host.port === port);
}

function refuse(state: EgressState, target: string, why: string): Dialled {
  note(state.refused, target, why);
  return { kind: 'refused', status: 403, why };
}

function cutOff(state: EgressState, target: string, why: string): Dialled {
  note(state.cutOff, target, why);
  return { kind: 'refused', status: 403, why };
}

function fail(state: EgressState, target: string, why: string): Dialled {
  note(state.unreachable, target, why);
  return { kind: 'refused', status: 502, why };
}
