import type { Secret } from './secret.ts';
import type { Settings } from './settings.ts';

/** The values that must never leave the process, for the log to mask. */
export function listSecrets(settings: Settings): string[] {
  const { app, database, modelKeys, mcp, metrics, collector, proxy } = settings;
  const given = [
    app.privateKey,
    app.webhookSecret,
    ...modelKeys,
    mcp.listen?.token,
    metrics?.token,
    ...(collector?.headers.values() ?? []),
    ...(database.kind === 'server' ? [database.url] : []),
  ];
  return [
    ...given.flatMap((secret) => secret?.reveal() ?? []),
    ...(database.kind === 'server' ? toPasswords(database.url) : []),
    ...(proxy === null ? [] : toPasswords(proxy.url)),
  ];
}

/** As written in the URL, where characters may be escaped, and as sent. */
function toPasswords(url: Secret): string[] {
  const { password = '', username, pathname } = URL.parse(url.reveal()) ?? {};
  // Who takes a name for a password has no secret, and hiding that name would spoil every text that speaks of it.
  if (password === '' || password === username || `/${password}` === pathname) {
    return [];
  }
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
