import { defineMember } from '../../domain/team/member.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

const DAY_MS = 86_400_000;

export const member = defineMember({
  name: 'code-searcher',
  summary:
    'Looks through the code once a day for debt, holes and dead code, and files each finding as one issue.',
  role: 'code-searcher',
  priority: 4,
  everySeconds: 86_400,
  wokenBy: [],
  decide(sight) {
    const key = `search:${Math.floor(sight.nowMs / DAY_MS)}`;
    const start = { key, number: sight.board, workflow: sight.own.workflow ?? 'search-code' };
    return startDeed(sight, { starts: [start] });
  },
});
