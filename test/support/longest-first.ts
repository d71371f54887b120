import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, the longest first, so that none of them is still at work when all others are done. The rest
 * follows, and at the end what may share processes: Vitest keeps a process only for a neighbour that shares it too.
 */
const LONGEST = [
  'crash/nothing-twice',
  'crash/replicas',
  'scenarios/delivery',
  'scenarios/workflows',
  'attacks/git',
  'attacks/processes',
  'scenarios/escalations',
  'scenarios/delivery-settings',
  'scenarios/delivery-of-examples',
  'scenarios/github-trouble',
  'crash/team',
  'contracts/runtimes',
  'crash/delivery',
  'crash/no-orphans',
  'scenarios/rollback',
  'sandbox/group/open-groups',
  'scenarios/rejections',
  'scenarios/pull-request-review',
  'scenarios/agent-crashes',
  'scenarios/delivery-by-people',
  'scenarios/conduct',
  'scenarios/long-running-project',
  'crash/power-cut',
  'scenarios/hostile-content',
  'engine/replica',
  'gates/benchmark',
];

export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((one, other) => rank(one) - rank(other)));
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  if (!project.config.isolate) {
    return LONGEST.length + 1;
  }
  const place = LONGEST.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place === -1 ? LONGEST.length : place;
}
