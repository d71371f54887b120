import { canSee } from '../auth/require-access.ts';
import { invalid } from '../server/github-error.ts';
import { listNetwork } from '../state/fork-network.ts';
import type { Repository } from '../state/repository.ts';
import type { Act } from './act.ts';

export type WantedHead = {
  /** `branch` or `owner:branch`. */
  readonly head: string;
  /** Name of the head's repository; needed only when its owner has several of the network. */
  readonly headRepository: string | null;
};

/** Which branch of which repository is meant. @throws GitHubError 422 when the actor can see no such repository. */
export function findHeadRepository(act: Act, wanted: WantedHead): { repository: Repository; ref: string } {
  const [login = '', ...branch] = wanted.head.split(':');
  if (branch.length === 0) {
    return { repository: act.repository, ref: wanted.head };
  }
  const owned = listNetwork(act.world, act.repository).filter(
    (one) =>
      one.owner.login.toLowerCase() === login.toLowerCase() &&
      (wanted.headRepository === null || one.name.toLowerCase() === wanted.headRepository.toLowerCase()),
  );
  const own = owned.find((one) => one === act.repository);
  const repository = own ?? owned[0];
  if (!repository || !canSee(act.world, repository, act.actor)) {
    throw invalid('PullRequest', 'head', { code: 'invalid' });
  }
  return { repository, ref: branch.join(':') };
}
