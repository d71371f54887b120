import { createHmac, randomUUID } from 'node:crypto';
import type { Permissions } from '../permissions.ts';
import type { Installation } from '../state/github-app.ts';
import { toTimestamp } from '../state/timestamp.ts';
import type { World } from '../state/world.ts';

const LIFE_MS = 3_600_000;
const LENGTH = 520;

export type TokenScope = {
  readonly permissions: Permissions;
  readonly repositoryIds: ReadonlySet<number> | 'all';
};

export type MintedToken = { readonly token: string; readonly expiresAt: string };

/** Makes an installation token of GitHub's long form, `ghs_<app>_<JWT>`, valid for an hour. */
export function mintInstallationToken(
  world: World,
  installation: Installation,
  scope: TokenScope,
): MintedToken {
  const expiresAt = Date.now() + LIFE_MS;
  const token = toToken(world.app.id, { installation: installation.id, exp: Math.floor(expiresAt / 1000) });
  world.tokens.set(token, {
    actor: { kind: 'installation', account: world.app.bot, installation, ...scope },
    expiresAt,
  });
  return { token, expiresAt: toTimestamp(new Date(expiresAt)) };
}

function toToken(appId: number, claims: Readonly<Record<string, number>>): string {
  const start = `ghs_${appId}_${encode({ typ: 'JWT', alg: 'ES256' })}.`;
  const id = randomUUID();
  const signature = createHmac('sha512', id).update(start).digest('base64url');
  const fill = LENGTH - start.length - signature.length - 1 - encode({ ...claims, id, fill: '' }).length;
  const body = encode({ ...claims, id, fill: 'x'.repeat(Math.max(0, Math.floor((fill * 3) / 4))) });
  return `${start}${body}.${signature}`;
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
