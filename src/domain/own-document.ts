import type { GateVerdict } from './verdict.ts';

/** Where the ticket's key goes in the path of a document. */
const TICKET = '{ticket}';

/** A document that Baton itself writes onto the branch of a run, from what it has seen: no model has a word in it. */
export interface OwnDocument {
  readonly kind: 'failure' | 'performance' | 'block';
  readonly path: string;
  /** The heeded verdicts that it is about. */
  readonly verdicts: readonly GateVerdict[];
  /** Interfaces that the plan names and no changed file has. */
  readonly missing: readonly string[];
}

/** The path with the ticket's key in it; a key is safe in a path. */
export function toDocumentPath(path: string, key: string): string {
  return path.replaceAll(TICKET, key);
}
