import { endedWell, type SeenPull, type SeenRun } from './sight.ts';
import type { TeamSettings } from './team-settings.ts';

/** The workflows that an architect's specifications come from, by how they are handed over. */
export const SPEC_WORKFLOWS = {
  comment: 'write-spec',
  'pull-request': 'propose-spec',
} as const satisfies Record<TeamSettings['specs'], string>;

const NAMES: ReadonlySet<string> = new Set(Object.values(SPEC_WORKFLOWS));

/** Whether a run only specifies what somebody builds later. */
function isSpecRun({ member, workflow }: Pick<SeenRun, 'member' | 'workflow'>): boolean {
  return member === 'architect' || NAMES.has(workflow);
}

/** The newest run that has specified an issue; undefined when none has. */
export function findSpecRun(issue: number, runs: readonly SeenRun[]): SeenRun | undefined {
  return runs.find((run) => run.number === issue && isSpecRun(run) && endedWell(run));
}

/** Whether a pull request has nothing but a specification. */
export function isSpecPull({ number }: Pick<SeenPull, 'number'>, runs: readonly SeenRun[]): boolean {
  return runs.some((run) => run.pullRequest === number && isSpecRun(run));
}
