import { GitHubError } from '../server/github-error.ts';
import type { Actor } from '../state/actor.ts';
import type { World } from '../state/world.ts';
import { verifyAppJwt } from './verify-app-jwt.ts';

/**
 * Who sends a request, by its Authorization header (Bearer, token or Basic).
 * @throws GitHubError 401 for credentials which are wrong, expired or suspended; 403 for a suspended installation.
 */
export function identify(world: World, authorization: string | undefined): Actor {
  if (authorization === undefined || authorization === '') {
    return { kind: 'anonymous' };
  }
  const secret = readSecret(authorization);
  const credential = world.tokens.get(secret);
  if (!credential) {
    return identifyApp(world, secret);
  }
  if (credential.expiresAt !== null && credential.expiresAt <= Date.now()) {
    throw new GitHubError(401, 'Bad credentials');
  }
  if (credential.actor.kind === 'installation' && credential.actor.installation.suspended) {
    throw new GitHubError(403, 'This installation has been suspended');
  }
  return credential.actor;
}

/** The login to name in logs. */
export function toActorName(actor: Actor): string {
  return 'account' in actor ? actor.account.login : actor.kind;
}

function identifyApp(world: World, secret: string): Actor {
  if (secret.startsWith('ghs_') || secret.split('.').length !== 3) {
    throw new GitHubError(401, 'Bad credentials');
  }
  verifyAppJwt(world.app, secret);
  return { kind: 'app' };
}

function readSecret(authorization: string): string {
  const space = authorization.indexOf(' ');
  const scheme = authorization.slice(0, space).toLowerCase();
  const rest = authorization.slice(space + 1).trim();
  if (scheme !== 'basic') {
    return rest;
  }
  // git sends the token as the password, or alone as the user name.
  const [user = '', ...password] = Buffer.from(rest, 'base64').toString().split(':');
  const secret = password.join(':');
  return secret === '' || secret === 'x-oauth-basic' ? user : secret;
}
