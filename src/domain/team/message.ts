import { z } from 'zod';

/** The most that the content of one message may be, as JSON, in characters. What is longer belongs in an issue. */
const MAX_CONTENT_CHARS = 16_000;

/** Name of a member of the team. */
const memberNameSchema = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'the name of a member');

/** 1 comes first, 10 last. */
const prioritySchema = z.int().min(1).max(10);

/** For messages that name none. */
const USUAL_PRIORITY = 5;

const contentSchema = z
  .record(z.string(), z.json())
  .refine((content) => JSON.stringify(content).length <= MAX_CONTENT_CHARS, {
    message: `the content of a message has at most ${MAX_CONTENT_CHARS} characters`,
  });

/** What one member tells another about a repository. */
export const letterSchema = z.strictObject({
  /** Made of the meaning, so that telling the same again tells nothing. */
  key: z.string().min(1).max(300),
  repositoryId: z.int().positive(),
  sender: memberNameSchema,
  recipient: memberNameSchema,
  type: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'the type of a message, like spec_created'),
  content: contentSchema.default({}),
  priority: prioritySchema.default(USUAL_PRIORITY),
});
export type Letter = z.infer<typeof letterSchema>;
export type LetterInput = z.input<typeof letterSchema>;

/** A letter that was sent, as its recipient takes it. */
export interface Message extends Letter {
  readonly id: number;
  /** ISO time. */
  readonly sentAt: string;
  /** How often it was taken, this time included. */
  readonly takes: number;
}

/** How many messages are in which state. */
export interface MessageCounts {
  readonly pending: number;
  readonly inProgress: number;
  readonly completed: number;
  readonly failed: number;
}
