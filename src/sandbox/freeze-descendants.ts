import { listDescendants } from './list-descendants.ts';
import { sendSignal } from './send-signal.ts';

const ROUNDS = 10;

/**
 * Stops all that came from a process, until no more of them appear: who is stopped starts nobody. `spared` is left alone,
 * with all that came from it.
 */
export function freezeDescendants(root: number, spared: number | null = null): readonly number[] {
  const frozen = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = listDescendants(root, spared).filter((pid) => !frozen.has(pid));
    if (found.length === 0) {
      break;
    }
    for (const pid of found) {
      frozen.add(pid);
      sendSignal(pid, 'SIGSTOP');
    }
  }
  return [...frozen];
}
