import { defineMember } from '../../domain/team/member.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

export const member = defineMember({
  name: 'code-searcher',
  summary:
    'Looks through the code for debt, holes and dead code at each time of its schedule, and files each finding as one issue.',
  role: 'code-searcher',
  priority: 4,
  everySeconds: 86_400,
  wokenBy: [],
  decide(sight) {
    const { tickMs } = sight;
    if (tickMs === null) {
      return [];
    }
    const start = {
      key: `search:${tickMs}`,
      number: sight.board,
      workflow: sight.own.workflow ?? 'search-code',
    };
    return startDeed(sight, { starts: [start] });
  },
});
