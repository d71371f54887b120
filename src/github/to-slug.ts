import { z } from 'zod';
import { NoApiError } from './octokit/trouble-of.ts';

const appSchema = z.object({ slug: z.string().min(1).max(100) });

/**
 * The App's name in URLs, from what GitHub answers about it. @throws NoApiError when that is something else, such as a page
 * to sign in: whoever asks at a wrong address gets that with a status of 200.
 */
export function toSlug(answer: unknown): string {
  const read = appSchema.safeParse(answer);
  if (!read.success) {
    throw new NoApiError('what answers there does not tell of an App');
  }
  return read.data.slug;
}
