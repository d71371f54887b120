import { defineMember } from '../../domain/team/member.ts';
import { startDeed } from '../../domain/team/start-deed.ts';

const WORKFLOW = 'review-design';

export const member = defineMember({
  name: 'ux-design-expert',
  summary: 'Reviews pull requests that change the user interface.',
  role: 'ux-design-expert',
  priority: 4,
  everySeconds: 3600,
  wokenBy: [],
  readsFiles: true,
  decide(sight) {
    const { own, pulls, runs } = sight;
    const seen = new Set(runs.filter(({ workflow }) => workflow === WORKFLOW).map(({ headSha }) => headSha));
    const starts = pulls
      .filter(({ state, draft, touchesInterface }) => state === 'open' && !draft && touchesInterface)
      .filter(({ fork, headSha }) => !fork && !seen.has(headSha))
      .map(({ number, headSha }) => ({
        key: `design:${number}:${headSha}`,
        number,
        workflow: own.workflow ?? WORKFLOW,
        headSha,
      }));
    return startDeed(sight, { starts });
  },
});
