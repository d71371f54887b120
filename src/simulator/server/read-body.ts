import type { z } from 'zod';
import type { Call } from './call.ts';
import { GitHubError } from './github-error.ts';

/**
 * The JSON body of a request, checked by a schema. An absent body counts as `{}`.
 * @throws GitHubError 400 for broken JSON, 422 naming every field at fault.
 */
export async function readBody<Schema extends z.ZodType>(
  call: Call,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await call.req.text();
  const parsed = schema.safeParse(text === '' ? {} : parseJson(text));
  if (parsed.success) {
    return parsed.data;
  }
  const faults = parsed.error.issues.map((issue) => {
    const place = issue.path.join('.');
    return place === '' ? issue.message : `For '${place}', ${issue.message}.`;
  });
  throw new GitHubError(422, `Invalid request.\n\n${faults.join('\n')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GitHubError(400, 'Problems parsing JSON');
  }
}
