import type { ContentTurns } from '../../ports/content-turns.ts';
import type { Timer } from './timer.ts';

/** GitHub's limits on requests that make content and send notifications. */
const LIMITS = [
  { count: 80, perMs: 60_000 },
  { count: 500, perMs: 3_600_000 },
];

/** The routes that count, with any method but GET. */
const CONTENT_ROUTES = new Set([
  '/repos/{owner}/{repo}/issues',
  '/repos/{owner}/{repo}/issues/{issue_number}',
  '/repos/{owner}/{repo}/issues/{issue_number}/comments',
  '/repos/{owner}/{repo}/issues/comments/{comment_id}',
  '/repos/{owner}/{repo}/pulls',
  '/repos/{owner}/{repo}/pulls/{pull_number}',
]);

/** Spreads content out so that GitHub never has to say no. It delays, it does not refuse. */
export interface ContentBudget {
  /** Resolves when the installation may make one more piece of content; rejects when the signal fires first. */
  take(installationId: number, signal?: AbortSignal): Promise<void>;
}

export function isContent(method: string, route: string): boolean {
  return method !== 'GET' && CONTENT_ROUTES.has(route);
}

/** Waits for the turns that are given to all replicas together. */
export function createContentBudget(timer: Timer, turns: ContentTurns): ContentBudget {
  return {
    async take(installationId, signal) {
      const waitMs = await turns.take(installationId, LIMITS);
      if (waitMs > 0) {
        await timer.sleep(waitMs, signal);
      }
    },
  };
}
