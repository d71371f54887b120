/** What is known of a request that failed. */
export interface RequestFailure {
  /** Null when no answer arrived. */
  readonly status: number | null;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Reads an error of Octokit. Octokit calls a broken connection a status of 500, without a response. */
export function toRequestFailure(error: unknown): RequestFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (!isRecord(error) || !isRecord(error['response']) || typeof error['response']['status'] !== 'number') {
    return { status: null, message, headers: {} };
  }
  const { status, headers } = error['response'];
  return { status, message, headers: isRecord(headers) ? toHeaders(headers) : {} };
}

/** The HTTP status in an error, also when it is the cause of a `RefusedError`; null when GitHub did not answer. */
export function statusOf(error: unknown): number | null {
  const own = toRequestFailure(error).status;
  return own ?? (error instanceof Error && error.cause !== undefined ? statusOf(error.cause) : null);
}

/** Whether GitHub has certainly not done what was asked. A 408 leaves it open. */
export function isRefusal(failure: RequestFailure): boolean {
  return failure.status !== null && failure.status >= 400 && failure.status < 500 && failure.status !== 408;
}

function toHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string | number | undefined> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
    ),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
