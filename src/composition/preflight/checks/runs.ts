import { findUnreadableRuns } from '../../../store/find-unreadable-runs.ts';
import { ANSWER_WITHIN_MS } from '../answer-within-ms.ts';
import { type Check, ok, warn } from '../check.ts';

const MOST_NAMED = 5;

/** Whether all runs that are under way can be read. */
export const check: Check = {
  name: 'runs',
  of: 'settings',
  async run({ database: open }) {
    const url = await open();
    const ids = url === null ? [] : await findUnreadableRuns(url, ANSWER_WITHIN_MS);
    const [first] = ids;
    if (first === undefined) {
      return [ok('all runs that are under way can be read')];
    }
    const named = ids.slice(0, MOST_NAMED);
    const more = ids.length > named.length ? `, and ${ids.length - named.length} more` : '';
    return [
      warn(
        `runs that cannot be read, and so take no command but /baton cancel: ${named.join(', ')}${more}`,
        `See what is wrong: npm run baton -- state ${first}. Go back to the version that wrote it, mend the row in baton.runs, or end the run with /baton cancel on its issue.`,
      ),
    ];
  },
};
