import { pino } from 'pino';
import type { Settings } from '../../config/settings.ts';
import { createGithubApp } from '../../github/create-github-app.ts';
import { type AppReading, inspectApp } from '../../github/inspect-app.ts';

/** What GitHub knows about the App, or why it does not say. */
export type AppDesk =
  | { readonly kind: 'read'; readonly app: AppReading }
  | { readonly kind: 'failed'; readonly why: string };

/** Less than the checks' patience, so that the reason is told and not only that it took too long. */
const REQUEST_MS = 3_000;

/** Asks GitHub about the App with its own key. Nothing is written, so no lease is needed. */
export async function openAppDesk({ app, apiUrl }: Settings): Promise<AppDesk> {
  const { probot } = createGithubApp({
    appId: app.id,
    privateKey: app.privateKey.reveal(),
    webhookSecret: app.webhookSecret.reveal(),
    apiUrl,
    lease: { assertHeld: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
    requestTimeoutMs: REQUEST_MS,
  });
  try {
    return { kind: 'read', app: await inspectApp(probot) };
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}
