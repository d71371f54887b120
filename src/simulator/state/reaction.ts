import type { Account } from './account.ts';

export const REACTION_CONTENTS = [
  '+1',
  '-1',
  'laugh',
  'confused',
  'heart',
  'hooray',
  'rocket',
  'eyes',
] as const;

export type ReactionContent = (typeof REACTION_CONTENTS)[number];

export type Reaction = {
  readonly id: number;
  readonly nodeId: string;
  readonly user: Account;
  readonly content: ReactionContent;
  readonly createdAt: string;
};
