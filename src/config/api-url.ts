import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The base URL of the REST API, without a trailing slash. Tokens travel to it, so it is https; only this machine is trusted without. */
export const apiUrlSchema = z.string().transform((text, context) => {
  const url = URL.parse(text);
  const problem = url === null ? 'must be a URL' : findProblem(url);
  if (url === null || problem !== null) {
    context.addIssue({ code: 'custom', message: problem ?? 'must be a URL' });
    return z.NEVER;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
});

function findProblem(url: URL): string | null {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return 'must begin with https:// (http:// is for loopback addresses only)';
  }
  if (url.username !== '' || url.password !== '') {
    return 'must not contain a user name or a password';
  }
  return url.search === '' && url.hash === '' ? findOtherApi(url) : 'must not have a query or a fragment';
}

function findOtherApi(url: URL): string | null {
  const api = findApiOfHost(url.hostname);
  const isApi = api === null || (url.origin === api && /^\/*$/.test(url.pathname));
  return isApi ? null : `is not the REST API of that GitHub, which is ${api}`;
}

/** GitHub in the cloud has its API on a host of its own, with nothing behind. Of other hosts it is not known. */
function findApiOfHost(hostname: string): string | null {
  const host = hostname.replace(/^(?:www|api)\./, '');
  return host === 'github.com' || /^[\w-]+\.ghe\.com$/.test(host) ? `https://api.${host}` : null;
}
