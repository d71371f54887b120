import { inspectEngine } from '../../../engine/replica/inspect-engine.ts';
import { ANSWER_WITHIN_MS } from '../answer-within-ms.ts';
import { type Check, ok, warn } from '../check.ts';

/** Who else works with the same database, by the leases in it. */
export const check: Check = {
  name: 'servers',
  of: 'settings',
  async run({ settings, within, database: open }) {
    const url = await open();
    const { alive } = url === null ? { alive: [] } : await inspectEngine(url, ANSWER_WITHIN_MS);
    const others = alive.length - (within === 'server' ? 1 : 0);
    if (others <= 0) {
      return [ok('no other server works with this database')];
    }
    const text = `${others} other ${others === 1 ? 'server works' : 'servers work'} with this database`;
    return settings.database.kind === 'server'
      ? [ok(`${text}; they share the work`)]
      : [
          warn(
            `${text}, on the same data folder ${settings.home}`,
            'If that is the server you ask about, all is well. Do not start another here: give it a BATON_HOME of ' +
              'its own, or set DATABASE_URL where several are to share the work.',
          ),
        ];
  },
};
