import type { Probot } from 'probot';
import { toSlug } from './to-slug.ts';

/** Who the App is on GitHub. */
export interface AppIdentity {
  /** Such as `baton[bot]`: the author of its commits and comments. */
  readonly login: string;
  /** The address by which GitHub knows the App's commits. */
  readonly email: string;
}

/**
 * Asks GitHub who we are, which also shows whether the id and the key belong together.
 * @throws Error when GitHub refuses the key, cannot be reached, or is not what answers.
 */
export async function readApp(probot: Probot): Promise<AppIdentity> {
  const app = await probot.auth();
  const { data } = await app.rest.apps.getAuthenticated();
  const login = `${toSlug(data)}[bot]`;
  return { login, email: `${login}@users.noreply.github.com` };
}
