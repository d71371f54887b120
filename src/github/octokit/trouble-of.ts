import { toRateLimitWait } from './rate-limit.ts';
import { toRequestFailure } from './request-failure.ts';

/** Why GitHub did not do what it was asked for. Each has a remedy of its own. */
export type Trouble =
  /** It was asked, and says no. */
  | 'refused'
  /** It wants to be left alone for a while. */
  | 'limit'
  /** What answers is not its REST API. */
  | 'no-api'
  /** The request could not even be made: the key signs nothing. */
  | 'key'
  /** Who answers shows a certificate that this process does not trust. */
  | 'certificate'
  /** The certificate is that of another host. */
  | 'other-host'
  /** Nobody knows the name of the host. */
  | 'name'
  /** Nobody listens there, or no way leads there. */
  | 'connection'
  /** The proxy does not let us out. */
  | 'proxy'
  /** It broke, was cut off, or took too long. */
  | 'silence';

/** What answers at the address is no REST API of GitHub. */
export class NoApiError extends Error {
  override readonly name = 'NoApiError';
}

const BY_CODE: Readonly<Record<string, Trouble>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_FAIL: 'name',
  ECONNREFUSED: 'connection',
  EHOSTUNREACH: 'connection',
  ENETUNREACH: 'connection',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other-host',
};

/** The codes of OpenSSL for a certificate that it does not accept, by the names that Node gives them. */
const CERTIFICATE = /CERT|^UNABLE_TO_(?:GET|VERIFY)|^INVALID_(?:CA|PURPOSE)|^PATH_LENGTH_EXCEEDED/;

/** Judges what a request to GitHub has thrown. */
export function troubleOf(error: unknown): Trouble {
  const chain = toChain(error);
  if (chain.some((one) => one instanceof NoApiError)) {
    return 'no-api';
  }
  const failure = toRequestFailure(error);
  if (failure.status !== null) {
    return toRateLimitWait(failure, 0) === null ? ofStatus(failure.status) : 'limit';
  }
  // Octokit tells of each request that was sent in an error of this name.
  return error instanceof Error && error.name === 'HttpError' ? ofCause(chain) : 'key';
}

/** Judges what a request that was not signed has thrown, so that no answer came. */
export function troubleOfSilence(error: unknown): Trouble {
  return ofCause(toChain(error));
}

/** Whether it may go away while this process waits. */
export function mayPass(trouble: Trouble): boolean {
  return ['limit', 'name', 'connection', 'proxy', 'silence'].includes(trouble);
}

function ofStatus(status: number): Trouble {
  return status === 408 || status >= 500 ? 'silence' : 'refused';
}

function ofCause(chain: readonly Error[]): Trouble {
  const codes = chain.flatMap((one) => ('code' in one ? [String(one.code)] : []));
  const known = codes.map((code) => BY_CODE[code]).find((trouble) => trouble !== undefined);
  if (known !== undefined) {
    return known;
  }
  if (codes.some((code) => CERTIFICATE.test(code))) {
    return 'certificate';
  }
  return chain.some(({ message }) => /proxy|tunnel/i.test(message)) ? 'proxy' : 'silence';
}

/** What was at the bottom of it: those above often say no more than that something failed. */
export function reasonOf(error: unknown): string {
  return toChain(error).findLast(({ message }) => message !== '')?.message ?? String(error);
}

/** The error and its causes, the outermost first. */
function toChain(error: unknown): readonly Error[] {
  return error instanceof Error ? [error, ...toChain(error.cause)] : [];
}
