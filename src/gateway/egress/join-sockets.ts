import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type EgressState, note } from './egress-state.ts';

/** The two ends of a connection through an egress. */
export interface Ends {
  readonly client: Duplex;
  readonly upstream: Socket;
  readonly target: string;
}

/** Passes bytes between the two ends, both ways, until one closes or a limit is reached. Then both are closed. */
export function joinSockets(state: EgressState, { client, upstream, target }: Ends): void {
  const { limits } = state;
  let isOpen = true;
  const overdue = setTimeout(() => stop('the connection lasted too long'), limits.durationMs);

  function close(): void {
    if (isOpen) {
      isOpen = false;
      clearTimeout(overdue);
      client.destroy();
      upstream.destroy();
    }
  }

  function stop(why: string): void {
    note(state.cutOff, target, why);
    close();
  }

  function count(chunk: Buffer): void {
    state.bytes += chunk.length;
    if (state.bytes > limits.bytes) {
      stop(`more than ${limits.bytes} bytes were transferred`);
    }
  }

  upstream.setTimeout(limits.silenceMs, () => stop('nothing came for too long'));
  for (const end of [client, upstream]) {
    end.on('data', count);
    end.once('error', close);
    end.once('close', close);
  }
  client.pipe(upstream);
  upstream.pipe(client);
}
