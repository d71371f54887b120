import { invalid } from '../server/github-error.ts';
import { countCharacters } from './count-characters.ts';

/** Most bytes of a body of an issue or comment. The message still names the older limit, as GitHub's does. */
const MAX_BODY_BYTES = 262_144;
const MAX_TITLE_LENGTH = 256;
export const MAX_PULL_BODY_LENGTH = 65_536;

/** @throws GitHubError 422 when the text is longer than GitHub takes. */
export function requireBodySize(resource: string, body: string | null | undefined): void {
  if (isBodyTooLong(body)) {
    throw invalid(resource, 'body', {
      code: 'custom',
      message: 'body is too long (maximum is 65536 characters)',
    });
  }
}

/** True for a body above the limit. */
export function isBodyTooLong(body: string | null | undefined): boolean {
  return Buffer.byteLength(body ?? '') > MAX_BODY_BYTES;
}

/** @throws GitHubError 422 for a title that is blank or too long. */
export function requireTitle(resource: string, title: string): void {
  if (title.trim() === '') {
    throw invalid(resource, 'title', { code: 'missing_field' });
  }
  if (countCharacters(title) > MAX_TITLE_LENGTH) {
    throw invalid(resource, 'title', {
      code: 'custom',
      message: `title is too long (maximum is ${MAX_TITLE_LENGTH} characters)`,
    });
  }
}
