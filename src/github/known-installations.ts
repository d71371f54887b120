import type { Probot } from 'probot';
import { statusOf } from './octokit/request-failure.ts';
import type { Timer } from './octokit/timer.ts';

/** How long an answer is believed, in milliseconds. A new installation announces itself, so "unknown" is short. */
const KNOWN_MS = 10 * 60_000;
const UNKNOWN_MS = 30_000;
/** Ids come from signed bodies, but the memory is bounded all the same. */
const MAX_REMEMBERED = 10_000;

/** Whether an installation is one of this App. */
export type IsKnownInstallation = (installationId: number) => Promise<boolean>;

/**
 * Asks GitHub once in a while. When GitHub cannot say, the installation counts as known: a delivery that is let in
 * does nothing that GitHub does not allow, while one that is turned away is lost.
 */
export function createIsKnownInstallation(probot: Probot, timer: Pick<Timer, 'now'>): IsKnownInstallation {
  const remembered = new Map<number, { readonly known: boolean; readonly until: number }>();
  return async function isKnownInstallation(installationId) {
    const earlier = remembered.get(installationId);
    if (earlier !== undefined && earlier.until > timer.now()) {
      return earlier.known;
    }
    const known = await ask(probot, installationId);
    if (known === null) {
      return true;
    }
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(installationId, { known, until: timer.now() + (known ? KNOWN_MS : UNKNOWN_MS) });
    return known;
  };
}

async function ask(probot: Probot, installationId: number): Promise<boolean | null> {
  try {
    const app = await probot.auth();
    await app.rest.apps.getInstallation({ installation_id: installationId });
    return true;
  } catch (error) {
    return statusOf(error) === 404 ? false : null;
  }
}
