import { toAuthorAssociation } from '../auth/role-of.ts';
import type { Comment } from '../state/comment.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toPerformedViaApp } from './to-integration.ts';
import { toReactionRollup } from './to-reaction.ts';
import { toRepositoryUrl } from './to-repository.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** A comment on an issue or pull request. */
export function toComment(world: World, repository: Repository, comment: Comment) {
  const api = toRepositoryUrl(world, repository);
  const url = `${api}/issues/comments/${comment.id}`;
  const kind = repository.issues.get(comment.issueNumber)?.pull ? 'pull' : 'issues';
  return {
    id: comment.id,
    node_id: comment.nodeId,
    url,
    html_url: `${world.url}/${repository.fullName}/${kind}/${comment.issueNumber}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issueNumber}`,
    user: toSimpleUser(world, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: toAuthorAssociation(world, repository, comment.user),
    performed_via_github_app: toPerformedViaApp(world, comment.viaApp),
    reactions: toReactionRollup(url, comment.reactions),
  } satisfies Rest['issue-comment'];
}
