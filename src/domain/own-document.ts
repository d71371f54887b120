import type { Order } from './run.ts';
import { toSlug } from './to-slug.ts';
import type { GateVerdict } from './verdict.ts';

/** Where the ticket's key goes in the path of a document. */
const TICKET = '{ticket}';
const ISSUE = '{issue}';
const SLUG = '{slug}';

/** A document about what Baton itself has seen: no model has a word in it. */
interface SeenDocument {
  readonly kind: 'failure' | 'performance' | 'block';
  readonly path: string;
  /** The heeded verdicts that it is about. */
  readonly verdicts: readonly GateVerdict[];
  /** Interfaces that the plan names and no changed file has. */
  readonly missing: readonly string[];
}

/** What a role has handed over at a step, word by word. */
interface HandedOverDocument {
  readonly kind: 'handed-over';
  readonly path: string;
  readonly from: string;
}

/** A document that Baton itself writes onto the branch of a run. */
export type OwnDocument = SeenDocument | HandedOverDocument;

/** The path with the ticket's key in it; a key is safe in a path. */
export function toDocumentPath(path: string, key: string): string {
  return path.replaceAll(TICKET, key);
}

/** The path with the number of the issue and the words of its title in it. */
export function toIssuePath(path: string, { subject, ticket }: Pick<Order, 'subject' | 'ticket'>): string {
  return path.replaceAll(ISSUE, String(subject.number)).replaceAll(SLUG, toSlug(ticket.title) || 'untitled');
}
