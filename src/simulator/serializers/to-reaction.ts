import type { Reaction, ReactionContent } from '../state/reaction.ts';
import type { World } from '../state/world.ts';
import type { Rest } from './schemas.ts';
import { toSimpleUser } from './to-simple-user.ts';

/** One reaction. */
export function toReaction(world: World, reaction: Reaction): Rest['reaction'] {
  return {
    id: reaction.id,
    node_id: reaction.nodeId,
    user: toSimpleUser(world, reaction.user),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** How many of each; `url` is that of the thing reacted to. */
export function toReactionRollup(url: string, reactions: readonly Reaction[]): Rest['reaction-rollup'] {
  const count = (content: ReactionContent) =>
    reactions.filter((reaction) => reaction.content === content).length;
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    '+1': count('+1'),
    '-1': count('-1'),
    laugh: count('laugh'),
    confused: count('confused'),
    heart: count('heart'),
    hooray: count('hooray'),
    rocket: count('rocket'),
    eyes: count('eyes'),
  };
}
