import { verify } from 'node:crypto';
import { z } from 'zod';
import { GitHubError } from '../server/github-error.ts';
import type { GitHubApp } from '../state/github-app.ts';

const MAX_LIFE_SECONDS = 600;
// GitHub allows for clocks which differ a little.
const SKEW_SECONDS = 60;

const headerSchema = z.object({ alg: z.literal('RS256') });
const claimsSchema = z.object({
  iss: z.union([z.string(), z.number()]),
  iat: z.number(),
  exp: z.number(),
});

/**
 * Checks the token an App signs with its private key (RS256, at most ten minutes long).
 * @throws GitHubError 401 saying what is wrong with it, as GitHub does.
 */
export function verifyAppJwt(app: GitHubApp, token: string, now = Date.now()): void {
  const [head = '', body = '', signature = ''] = token.split('.');
  const header = headerSchema.safeParse(decodePart(head));
  const claims = claimsSchema.safeParse(decodePart(body));
  if (!header.success || !claims.success || !isSigned(app, `${head}.${body}`, signature)) {
    throw new GitHubError(401, 'A JSON web token could not be decoded');
  }
  const fault = findClaimFault(app, claims.data, now / 1000);
  if (fault !== null) {
    throw new GitHubError(401, fault);
  }
}

function findClaimFault(
  app: GitHubApp,
  claims: z.output<typeof claimsSchema>,
  seconds: number,
): string | null {
  const { iss, iat, exp } = claims;
  if (String(iss) !== String(app.id) && iss !== app.clientId) {
    return "'Issuer' claim ('iss') must be an Integer";
  }
  if (iat > seconds + SKEW_SECONDS) {
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  }
  if (exp <= seconds) {
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  }
  return exp > seconds + MAX_LIFE_SECONDS + SKEW_SECONDS
    ? "'Expiration time' claim ('exp') is too far in the future"
    : null;
}

function isSigned(app: GitHubApp, text: string, signature: string): boolean {
  return verify('RSA-SHA256', Buffer.from(text), app.publicKey, Buffer.from(signature, 'base64url'));
}

function decodePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return null;
  }
}
