import type { Label } from '../state/label.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import type { Rest, Webhooks } from './schemas.ts';
import { toRepositoryUrl } from './to-repository.ts';

/** A label of a repository. */
export function toLabel(world: World, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${toRepositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  } satisfies Rest['label'] & Webhooks['webhooks_label'];
}
