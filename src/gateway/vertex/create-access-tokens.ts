import { createSign } from 'node:crypto';
import { z } from 'zod';
import type { Log } from '../../ports/log.ts';
import type { GoogleAccess } from '../provider.ts';

/** Seconds for which a key is exchanged, at most; Google gives no more. */
const LIFETIME_SECONDS = 3600;

/** A token is not used in the last moments of its life: a call takes its time to arrive. In milliseconds. */
const MARGIN_MS = 5 * 60_000;

/** How long Google may take, in milliseconds. */
const PATIENCE_MS = 30_000;

const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const grantedSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refusedSchema = z.object({ error: z.string().max(100) });

/** Gives a token that lasts for a call. @throws Error with a `code` in words, when there is none to be had. */
export type AccessTokens = () => Promise<string>;

interface Token {
  readonly text: string;
  readonly untilMs: number;
}

/** Exchanges the key of a service account for tokens (RFC 7523), one for all calls until shortly before its end. */
export function createAccessTokens(access: GoogleAccess, log: Log): AccessTokens {
  let token: Token | null = null;
  let asked: Promise<Token> | null = null;
  return async () => {
    if (token !== null && token.untilMs - MARGIN_MS > Date.now()) {
      return token.text;
    }
    // Calls that come together wait for the same one.
    asked ??= exchange(access, log).finally(() => {
      asked = null;
    });
    token = await asked;
    return token.text;
  };
}

async function exchange(access: GoogleAccess, log: Log): Promise<Token> {
  const askedMs = Date.now();
  const response = await fetch(access.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: GRANT, assertion: toAssertion(access, askedMs) }),
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const body: unknown = await response.json().catch(() => null);
  const granted = grantedSchema.safeParse(body);
  if (!response.ok || !granted.success) {
    const why = refusedSchema.safeParse(body).data?.error ?? 'an answer that is none';
    log.warn({ account: access.email, status: response.status, why }, 'Google gave no access token');
    throw Object.assign(new Error('no access token'), { code: `no access token: ${why}` });
  }
  return { text: granted.data.access_token, untilMs: askedMs + granted.data.expires_in * 1000 };
}

/** What is signed with the key: who asks, for what, and until when. */
function toAssertion({ email, keyId, privateKey, tokenUrl }: GoogleAccess, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const head = { alg: 'RS256', typ: 'JWT', kid: keyId };
  const claims = { iss: email, scope: SCOPE, aud: tokenUrl, iat: seconds, exp: seconds + LIFETIME_SECONDS };
  const text = [head, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}
