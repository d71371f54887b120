import { pino } from 'pino';
import type { Settings } from '../../config/settings.ts';
import { createGithubApp } from '../../github/create-github-app.ts';
import { type AppReading, inspectApp } from '../../github/inspect-app.ts';
import { type Explained, explainTrouble } from '../explain-trouble.ts';
import { ANSWER_WITHIN_MS } from './answer-within-ms.ts';

/** What GitHub knows about the App; or why it does not tell us. */
export type AppDesk =
  | { readonly kind: 'read'; readonly app: AppReading }
  | ({ readonly kind: 'unknown' } & Explained);

/** Asks GitHub about the App with its own key. Nothing is written, so no lease is needed. */
export async function openAppDesk({ app, apiUrl }: Settings): Promise<AppDesk> {
  const { probot } = createGithubApp({
    appId: app.id,
    privateKey: app.privateKey.reveal(),
    webhookSecret: app.webhookSecret.reveal(),
    apiUrl,
    lease: { assertHeld: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
    requestTimeoutMs: ANSWER_WITHIN_MS,
  });
  try {
    return { kind: 'read', app: await inspectApp(probot) };
  } catch (error) {
    return { kind: 'unknown', ...(await explainTrouble(error, { app, apiUrl })) };
  }
}
