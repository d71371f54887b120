import type { Issue } from '../state/issue.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Webhooks } from './schemas.ts';
import { toIssue } from './to-issue.ts';

/** An issue inside a payload. GitHub leaves the details of the App out there. */
export function toWebhookIssue(world: World, repository: Repository, issue: Issue) {
  const { performed_via_github_app: _left, ...shown } = toIssue(world, repository, issue);
  return shown satisfies Webhooks['webhooks_issue'];
}
