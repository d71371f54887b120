import type { Order } from './run.ts';

/** At the start of a title: `PROJ-12: words` or `[PROJ-12] words`. */
const KEY = /^\s*(?:\[([A-Z][A-Z0-9]{1,9}-\d{1,7})\]|([A-Z][A-Z0-9]{1,9}-\d{1,7}):)/;

/**
 * How a ticket is called in the names of its documents: by the key of another tracker at the start of its title, else by
 * its number, as in `ISSUE-12`. Safe as a part of a path.
 */
export function toTicketKey({ ticket, subject }: Pick<Order, 'ticket' | 'subject'>): string {
  const [, bracketed, plain] = KEY.exec(ticket.title) ?? [];
  return bracketed ?? plain ?? `ISSUE-${subject.number}`;
}
