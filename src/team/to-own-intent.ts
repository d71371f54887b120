import type { Intent } from '../domain/intent.ts';
import { NOBODY } from '../domain/team/nobody.ts';
import type { SeenPull } from '../domain/team/sight.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Acting } from './acting.ts';

/** What a member asks by itself, about an issue or a pull request that it has seen. */
export function toOwnIntent(
  { key, number, headSha }: { readonly key: string; readonly number: number; readonly headSha?: string },
  { member, sight, desk }: Acting,
): Omit<Intent, 'ask'> {
  const seen = [...sight.issues, ...sight.pulls].find((one) => one.number === number);
  return {
    key: `team:${member}:${key}`,
    subject: { repository: sight.repository, number },
    actor: { id: NOBODY, login: desk.login },
    requires: 'none',
    source: { kind: 'team', member, ...(headSha === undefined ? {} : { head: headSha }) },
    member,
    at: desk.clock.now(),
    ticket: toTicket(seen ?? { title: '', body: '', url: '', author: { id: NOBODY, login: desk.login } }),
  };
}

function toTicket({
  title,
  body,
  url,
  author,
  labels = [],
}: Pick<SeenPull, 'title' | 'body' | 'url' | 'author'> & { readonly labels?: readonly string[] }): Ticket {
  return { title, body, url, author, labels: [...labels] };
}
