import type { ContentfulStatusCode } from 'hono/utils/http-status';

export type FieldError = {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
};

/** A refusal as GitHub words it. Thrown by operations, answered by the server. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly status: ContentfulStatusCode;
  readonly errors: readonly FieldError[];

  constructor(status: ContentfulStatusCode, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** 404, also for what the actor may not know of. */
export function notFound(): GitHubError {
  return new GitHubError(404, 'Not Found');
}

/** 422 with one field error in GitHub's form. */
export function invalid(
  resource: string,
  field: string,
  fault: { code: string; message?: string },
): GitHubError {
  return new GitHubError(422, 'Validation Failed', [{ resource, field, ...fault }]);
}
