import { inspectEngine } from '../../../engine/replica/inspect-engine.ts';
import { inspectStore } from '../../../store/inspect-store.ts';
import { type Check, ok, warn } from '../check.ts';

const CONNECT_WITHIN_MS = 3_000;
/** The inbox is swept every two seconds, so whatever waits for this long is stuck. */
const STUCK_SECONDS = 60;

/** Whether the inbox takes deliveries, and whether they move on. */
export const check: Check = {
  name: 'queue',
  of: 'settings',
  async run({ database: open }) {
    const url = await open();
    if (url === null) {
      return [ok('nothing waits: there is no database yet')];
    }
    const [{ inbox }, { alive, queued }] = await Promise.all([
      inspectStore(url, CONNECT_WITHIN_MS),
      inspectEngine(url, CONNECT_WITHIN_MS),
    ]);
    if (inbox === null) {
      return [ok('nothing waits: the tables are made at the first start')];
    }
    const turns = [...queued.values()].reduce((sum, count) => sum + count, 0);
    const text = `the inbox takes deliveries; ${inbox.waiting} wait in it, and ${turns} workflows in queues`;
    return inbox.oldestSeconds > STUCK_SECONDS && alive.length > 0
      ? [
          warn(
            `${text}; the oldest delivery waits for ${Math.round(inbox.oldestSeconds)} s`,
            'See the log of the server for what keeps it from handling deliveries; a new start takes them up.',
          ),
        ]
      : [ok(text)];
  },
};
