import type { Probot } from 'probot';
import { toSlug } from './to-slug.ts';

/** What an App or an installation may do, by the names of GitHub: `read`, `write` or `admin`. */
export type Grants = Readonly<Record<string, string>>;

/** One account that has the App. */
export interface InstallationReading {
  readonly account: string;
  readonly suspended: boolean;
  readonly permissions: Grants;
}

/** The App as it stands on GitHub. */
export interface AppReading {
  readonly slug: string;
  readonly permissions: Grants;
  readonly events: readonly string[];
  readonly hook: { readonly url: string | null; readonly hasSecret: boolean; readonly contentType: string };
  /** The first hundred. */
  readonly installations: readonly InstallationReading[];
}

/** Reads what GitHub knows about the App. @throws when GitHub refuses the key or cannot be reached, or when something else answers. */
export async function inspectApp(probot: Probot): Promise<AppReading> {
  const client = await probot.auth();
  const [app, hook, installed] = await Promise.all([
    client.rest.apps.getAuthenticated(),
    client.rest.apps.getWebhookConfigForApp(),
    client.rest.apps.listInstallations({ per_page: 100 }),
  ]);
  return {
    slug: toSlug(app.data),
    permissions: toGrants(app.data?.permissions ?? {}),
    events: app.data?.events ?? [],
    hook: {
      url: hook.data.url ?? null,
      hasSecret: (hook.data.secret ?? '') !== '',
      contentType: hook.data.content_type ?? 'form',
    },
    installations: installed.data.map(({ account, suspended_at: suspendedAt, permissions }) => ({
      account: account !== null && 'login' in account ? account.login : 'an enterprise',
      suspended: suspendedAt !== null,
      permissions: toGrants(permissions),
    })),
  };
}

function toGrants(permissions: Readonly<Record<string, string | undefined>>): Grants {
  return Object.fromEntries(
    Object.entries(permissions).flatMap(([name, access]) => (access === undefined ? [] : [[name, access]])),
  );
}
