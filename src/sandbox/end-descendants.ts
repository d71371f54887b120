import { freezeDescendants } from './freeze-descendants.ts';
import { sendSignal } from './send-signal.ts';

/** Kills all that came from a process, whatever group it is in, except `spared` and what came from that. */
export function endDescendants(root: number, spared: number | null): void {
  for (const pid of freezeDescendants(root, spared)) {
    sendSignal(pid, 'SIGKILL');
  }
}
