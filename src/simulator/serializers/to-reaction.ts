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
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    '+1': count(reactions, '+1'),
    '-1': count(reactions, '-1'),
    laugh: count(reactions, 'laugh'),
    confused: count(reactions, 'confused'),
    heart: count(reactions, 'heart'),
    hooray: count(reactions, 'hooray'),
    rocket: count(reactions, 'rocket'),
    eyes: count(reactions, 'eyes'),
  };
}

function count(reactions: readonly Reaction[], content: ReactionContent): number {
  return reactions.filter((reaction) => reaction.content === content).length;
}
