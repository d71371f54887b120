import type { z } from 'zod';
import type { Intent } from '../../../domain/intent.ts';
import type { ParsedCommand } from '../../../domain/parse-comment.ts';
import type { Subject } from '../../../domain/subject.ts';
import type { CommentEdit } from '../../../ports/comment-edits.ts';

/** What turning a delivery into intents needs to know besides the delivery. */
export interface WebhookContext {
  /** Our App: buttons of other Apps' check runs are not ours, and what we write ourselves is no command. */
  readonly appId: number;
  /** Its account, such as `baton[bot]`. */
  readonly login: string;
  parseCommands(body: string): readonly ParsedCommand[];
  /** Name of the workflow that claims a label as its own, besides `baton:<name>`; null when none does. */
  workflowOfLabel(label: string): string | null;
  /** The issue that a pull request of ours was made for, by the marker in its body; null for any other. */
  issueOfPullRequest(body: string, repositoryId: number): number | null;
}

/** What an installation can no longer be asked with the tokens that are kept. */
export interface AccessChange {
  readonly installationId: number;
  /** Repositories that were taken away; `all` when the installation itself is gone or suspended. */
  readonly lost: 'all' | readonly number[];
}

/** A pull request from a branch of ours that somebody has merged. */
export interface Merge {
  /** What the run is about whose branch it is. */
  readonly subject: Subject;
  readonly branch: string;
  /** ISO time. */
  readonly at: string;
}

/** How one GitHub event is understood. */
export interface Webhook<Name extends string = string> {
  /** Equals the file name. */
  readonly name: Name;
  /** One line: what is heard in this event. */
  readonly summary: string;
  /** The value of `X-GitHub-Event`. */
  readonly event: string;
  /** All other actions of the event are not even stored. */
  readonly actions: readonly string[];
  /** The fields of the payload that are needed, checked; null when it is not a payload of this event. */
  read(payload: unknown): Readonly<Record<string, unknown>> | null;
  /** Whether anything is to be done about it: what does not concern us is not even stored. */
  concernsUs(payload: unknown): boolean;
  /** What was asked. Pure; never throws, whatever the payload is. */
  toIntents(payload: unknown, context: WebhookContext): readonly Intent[];
  toAccessChange(payload: unknown): AccessChange | null;
  /** What somebody else made of a comment of ours. */
  toCommentEdit(payload: unknown, context: WebhookContext): CommentEdit | null;
  toMerge(payload: unknown): Merge | null;
}

interface Definition<Name extends string, Schema extends z.ZodObject> {
  readonly name: Name;
  readonly summary: string;
  readonly event: string;
  readonly actions: readonly string[];
  /** Only the fields needed: the rest is dropped before the delivery is stored. */
  readonly schema: Schema;
  /** Without it, every payload of the event does. */
  concernsUs?(payload: z.infer<Schema>): boolean;
  toIntents(payload: z.infer<Schema>, context: WebhookContext): readonly Intent[];
  toAccessChange?(payload: z.infer<Schema>): AccessChange | null;
  toCommentEdit?(payload: z.infer<Schema>, context: WebhookContext): CommentEdit | null;
  toMerge?(payload: z.infer<Schema>): Merge | null;
}

/** Declares how a GitHub event is understood. */
export function defineWebhook<const Name extends string, Schema extends z.ZodObject>(
  definition: Definition<Name, Schema>,
): Webhook<Name> {
  const { schema, ...webhook } = definition;

  function read(payload: unknown): z.infer<Schema> | null {
    const result = schema.safeParse(payload);
    return result.success ? result.data : null;
  }

  return {
    ...webhook,
    read,
    concernsUs(payload) {
      const known = read(payload);
      return known !== null && (definition.concernsUs?.(known) ?? true);
    },
    toIntents(payload, context) {
      const known = read(payload);
      return known === null ? [] : definition.toIntents(known, context);
    },
    toAccessChange(payload) {
      const known = read(payload);
      return known === null ? null : (definition.toAccessChange?.(known) ?? null);
    },
    toCommentEdit(payload, context) {
      const known = read(payload);
      return known === null ? null : (definition.toCommentEdit?.(known, context) ?? null);
    },
    toMerge(payload) {
      const known = read(payload);
      return known === null ? null : (definition.toMerge?.(known) ?? null);
    },
  };
}
