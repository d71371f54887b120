import { type Deferred, toPlace } from '../domain/debt.ts';
import type { Sha } from '../domain/sha.ts';
import type { Ticket } from '../domain/ticket.ts';
import { code } from './fence.ts';

const ISSUE_PAGE = /^(?<repository>https?:\/\/[^\s()<>]+)\/(?:issues|pull)\/\d+$/;

/** A link to the line at the commit, so that it shows what was meant whatever becomes of the file. */
export function evidenceLink(
  { url }: Pick<Ticket, 'url'>,
  { evidence, commit }: Pick<Deferred, 'evidence'> & { readonly commit: Sha },
): string {
  const { repository } = ISSUE_PAGE.exec(url)?.groups ?? {};
  if (repository === undefined) {
    return code(evidence);
  }
  const { path, line } = toPlace(evidence);
  const file = path.split('/').map(escapeSegment).join('/');
  return `[${code(evidence)}](${repository}/blob/${commit}/${file}${line === null ? '' : `#L${line}`})`;
}

/** Parentheses and the like mean something in Markdown. */
function escapeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed()).replaceAll(
    /[()!'*~_]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
