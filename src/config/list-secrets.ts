import type { Secret } from './secret.ts';
import type { Settings } from './settings.ts';

/** The values that must never leave the process, for the log to mask. */
export function listSecrets({ app, database, modelKeys, mcp, metrics, collector }: Settings): string[] {
  const secrets = [
    app.privateKey.reveal(),
    app.webhookSecret.reveal(),
    ...modelKeys.map((key) => key.reveal()),
    ...toToken(mcp.listen?.token ?? null),
    ...toToken(metrics?.token ?? null),
    ...[...(collector?.headers.values() ?? [])].map((value) => value.reveal()),
  ];
  if (database.kind === 'embedded') {
    return secrets;
  }
  const url = database.url.reveal();
  const password = URL.parse(url)?.password ?? '';
  return [...secrets, url, ...toForms(password)];
}

function toToken(token: Secret | null): string[] {
  return token === null ? [] : [token.reveal()];
}

/** As written in the URL, where characters may be escaped, and as sent. */
function toForms(password: string): string[] {
  if (password === '') {
    return [];
  }
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}
