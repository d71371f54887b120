import { z } from 'zod';
import type { Actor } from '../../../domain/actor.ts';
import type { Subject } from '../../../domain/subject.ts';
import type { Ticket } from '../../../domain/ticket.ts';

/** Text that a database takes: without NUL and without half surrogate pairs. */
const text = z.string().transform((value) => value.replaceAll('\0', '').toWellFormed());

export const instantSchema = z.iso.datetime();

const accountSchema = z.object({ id: z.int(), login: z.string().min(1), type: z.string() });
type Account = z.infer<typeof accountSchema>;

/** What every payload we hear has: where, for which installation, and who. */
export const envelope = {
  repository: z.object({
    id: z.int(),
    name: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
  }),
  installation: z.object({ id: z.int() }),
  sender: accountSchema,
};
const envelopeSchema = z.object(envelope);
type Envelope = z.infer<typeof envelopeSchema>;

/** An issue or a pull request: the fields they have in common. */
export const issueSchema = z.object({
  id: z.int(),
  number: z.int().positive(),
  title: text,
  body: text.nullish(),
  /** Null when the account was deleted. */
  user: accountSchema.nullish(),
  html_url: z.string(),
  labels: z.array(z.object({ name: text })).default([]),
  updated_at: instantSchema,
  closed_at: instantSchema.nullish(),
});
type Issue = z.infer<typeof issueSchema>;

export const commentSchema = z.object({
  id: z.int(),
  body: text,
  created_at: instantSchema,
  user: accountSchema.nullish(),
  performed_via_github_app: z.object({ id: z.int() }).nullish(),
});

export const labelSchema = z.object({ id: z.int(), name: text });

/** The account GitHub shows in place of deleted ones. */
const GHOST: Actor = { id: 10_137, login: 'ghost' };

export function toActor(account: Account | null | undefined): Actor {
  return account ? { id: account.id, login: account.login } : GHOST;
}

export function toSubject(payload: Envelope, number: number): Subject {
  const { id, name, owner } = payload.repository;
  return { repository: { id, owner: owner.login, name, installationId: payload.installation.id }, number };
}

export function toTicket(issue: Issue): Ticket {
  return {
    title: issue.title,
    body: issue.body ?? '',
    author: toActor(issue.user),
    url: issue.html_url,
    labels: issue.labels.map(({ name }) => name),
  };
}

/** Whether we did it ourselves; `login` is our own account. */
export function isSelf(account: Account, login: string): boolean {
  return isBot(account) && account.login === login;
}

/** Whether a program did it: programs give no commands and press no buttons. */
export function isBot(account: Account | null | undefined): boolean {
  return account?.type === 'Bot';
}
