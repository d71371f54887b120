import { GitFailed } from '../git/run-git.ts';
import type { Call } from './call.ts';
import { GitHubError } from './github-error.ts';

const DOCUMENTATION = 'https://docs.github.com/rest';

/** A thrown refusal in GitHub's form. Anything unforeseen is a 500 that says what broke, and is logged. */
export function answerError(call: Call, error: Error, log: (line: string) => void): Response {
  if (error instanceof GitHubError) {
    return call.json(
      {
        message: error.message,
        ...(error.errors.length > 0 ? { errors: error.errors } : {}),
        documentation_url: DOCUMENTATION,
        status: String(error.status),
      },
      error.status,
    );
  }
  log(`${call.req.method} ${call.req.path} failed: ${error.stack ?? error.message}`);
  const status = error instanceof GitFailed ? 422 : 500;
  return call.json(
    { message: error.message, documentation_url: DOCUMENTATION, status: String(status) },
    status,
  );
}
