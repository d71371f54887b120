import { inspectEngine } from '../../../engine/replica/inspect-engine.ts';
import { inspectStore } from '../../../store/inspect-store.ts';
import { ANSWER_WITHIN_MS } from '../answer-within-ms.ts';
import { type Check, ok, warn } from '../check.ts';

/** The inbox is swept every two seconds, so whatever waits for this long is stuck. */
const STUCK_SECONDS = 60;

/** Whether the inbox takes deliveries, and the team messages, and whether the deliveries move on. */
export const check: Check = {
  name: 'queue',
  of: 'settings',
  async run({ database: open }) {
    const url = await open();
    if (url === null) {
      return [ok('nothing waits: there is no database yet')];
    }
    const [{ inbox, messages }, { alive, queued }] = await Promise.all([
      inspectStore(url, ANSWER_WITHIN_MS),
      inspectEngine(url, ANSWER_WITHIN_MS),
    ]);
    if (inbox === null) {
      return [ok('nothing waits: the tables are made at the first start')];
    }
    const turns = [...queued.values()].reduce((sum, count) => sum + count, 0);
    const text =
      `the inbox takes deliveries; ${inbox.waiting} wait in it, ${turns} workflows in queues, ` +
      `and ${messages ?? 0} messages between members of teams`;
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
