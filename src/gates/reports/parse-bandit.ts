import { z } from 'zod';
import { toDanger } from '../../domain/danger.ts';
import type { Report } from './report.ts';
import { bound, toMessage, toResults } from './scanner-results.ts';
import { toPlace } from './to-place.ts';

const reportSchema = z.object({ results: z.array(z.unknown()), errors: z.array(z.unknown()).default([]) });

const resultSchema = z.object({
  filename: z.string(),
  line_number: z.number().optional(),
  issue_severity: z.string(),
  issue_text: z.string(),
  test_id: z.string().default(''),
});

/**
 * The findings of `bandit -f json`, and the files that it could not read: these nobody has looked at. `root` is where the
 * tree was.
 * @throws Error when it is none
 */
export function parseBandit(text: string, root: string): Report {
  const { results, errors } = reportSchema.parse(JSON.parse(text));
  const found = bound(results).map((result) => {
    const {
      filename,
      line_number: line,
      issue_severity: word,
      issue_text: said,
      test_id: rule,
    } = resultSchema.parse(result);
    const danger = toDanger(word);
    return {
      ...toPlace(root, filename, line),
      message: toMessage(rule, said),
      severity: 'error' as const,
      ...(danger === undefined ? {} : { danger }),
    };
  });
  const unread = bound(errors).map((error) => {
    const { filename, reason } = z.object({ filename: z.string(), reason: z.string() }).parse(error);
    return {
      ...toPlace(root, filename),
      message: toMessage('It could not be scanned', reason),
      severity: 'error' as const,
      danger: 'medium' as const,
    };
  });
  return toResults([...found, ...unread]);
}
