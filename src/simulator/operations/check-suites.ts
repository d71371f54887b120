import type { RefChange } from '../git/ref-change.ts';
import { ZERO_SHA } from '../git/refs.ts';
import type { CheckSuite } from '../state/check-run.ts';
import { toNodeId } from '../state/node-id.ts';
import type { Repository } from '../state/repository.ts';
import { timestamp } from '../state/timestamp.ts';
import { findInstallation, isListening } from '../webhooks/emit.ts';
import { emitCheckSuite } from '../webhooks/emit-check-suite.ts';
import type { Act } from './act.ts';

/** The App's suite on a commit, made when it is missing. */
export function ensureCheckSuite(
  world: Act['world'],
  repository: Repository,
  at: { headSha: string; headBranch: string | null; before: string | null },
): CheckSuite {
  const present = [...repository.checkSuites.values()].find((suite) => suite.headSha === at.headSha);
  if (present) {
    return present;
  }
  const id = world.nextId();
  const suite = { id, nodeId: toNodeId('CS', id), ...at, createdAt: timestamp() };
  repository.checkSuites.set(id, suite);
  return suite;
}

/** After a push GitHub makes a suite for every App with `checks: write`, and asks it to begin. */
export async function requestCheckSuite(act: Act, change: RefChange): Promise<void> {
  const { world, repository } = act;
  const applies = world.app.permissions.checks === 'write' && findInstallation(world, repository) !== null;
  if (!applies || change.after === ZERO_SHA) {
    return;
  }
  const suite = ensureCheckSuite(world, repository, {
    headSha: change.after,
    headBranch: change.ref.slice('refs/heads/'.length),
    before: change.before,
  });
  if (isListening(world, 'check_suite', repository)) {
    await emitCheckSuite(act, suite, 'requested');
  }
}
