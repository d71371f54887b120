import type { Settings } from '../config/settings.ts';
import { parseComment } from '../domain/parse-comment.ts';
import { bindWebhooks } from '../github/bind-webhooks.ts';
import { createIntake, type Intake } from '../github/intake/create-intake.ts';
import { redeliverMissed } from '../github/redeliver-missed.ts';
import { webhooks } from '../github/webhooks/registry.gen.ts';
import { createDispatcher } from '../orchestration/create-dispatcher.ts';
import { forgetOld } from '../orchestration/forget-old.ts';
import { handleIntent } from '../orchestration/handle-intent.ts';
import type { Engine } from '../ports/engine.ts';
import type { Lease } from '../ports/lease.ts';
import type { Log } from '../ports/log.ts';
import { createStore, type Store } from '../store/create-store.ts';
import { listenOrSay } from './listen-or-say.ts';
import type { Parts } from './parts.ts';
import { type Repetition, repeat } from './repeat.ts';
import { toIntentDesk } from './to-intent-desk.ts';

/** How often leftovers are looked for, in milliseconds. */
const SWEEP_EVERY_MS = 2000;
const CATCH_UP_EVERY_MS = 5 * 60_000;
const FORGET_EVERY_MS = 60 * 60_000;

interface InboxNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly databaseUrl: string;
  readonly engine: Engine;
  readonly lease: Lease;
}

/** From the first byte of a webhook to the engine. */
export interface OpenInbox {
  readonly store: Store;
  /** Binds the handlers, starts to listen, and returns the webhook URL. */
  listen(parts: Parts): Promise<string>;
  /** No more webhooks; what is stored stays. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** The store, and what moves deliveries out of its inbox. */
export async function openInbox({
  settings,
  log,
  databaseUrl,
  engine,
  lease,
}: InboxNeeds): Promise<OpenInbox> {
  const store = await createStore({
    databaseUrl,
    lease,
    log,
    onStored: (guid) => dispatcher.dispatch(guid),
  });
  const dispatcher = createDispatcher({ engine, deliveries: store.inbox, log });
  let intake: Intake | null = null;
  const chores: Repetition[] = [];
  return {
    store,
    async listen(parts) {
      bindHandlers(parts);
      const opened = openIntake(parts);
      intake = opened;
      chores.push(
        repeat(() => dispatcher.sweep(), { chore: 'sweep the inbox', everyMs: SWEEP_EVERY_MS, log }),
        repeat(() => catchUp(parts), {
          chore: 'ask for missed webhooks',
          everyMs: CATCH_UP_EVERY_MS,
          log,
          atOnce: true,
        }),
        repeat(() => forgetOld(parts.forgettables, log), {
          chore: 'forget what is old',
          everyMs: FORGET_EVERY_MS,
          log,
        }),
      );
      const { host, port, webhookPath } = settings.listen;
      const actual = await listenOrSay(() => opened.listen(host, port), { host, port, setting: 'PORT' });
      return `http://${host.includes(':') ? `[${host}]` : host}:${actual}${webhookPath}`;
    },
    async stop() {
      for (const chore of chores) {
        chore.stop();
      }
      await intake?.stop();
      await dispatcher.close();
    },
    close: () => store.close(),
  };
}

/** What GitHub could not deliver, while no process was up or none could take it. */
async function catchUp({ github, clock, log }: Parts): Promise<void> {
  await redeliverMissed(github.probot, { webhooks, clock, log });
}

/** Probot calls our handlers for each delivery that comes out of the inbox. */
function bindHandlers(parts: Parts): void {
  const { catalog, github, markers, settings, store } = parts;
  const desk = toIntentDesk(parts);
  const commands = [...catalog.commands.values()];
  bindWebhooks(github.probot, {
    webhooks,
    context: {
      appId: settings.app.id,
      login: parts.login,
      parseCommands: (body) => parseComment(body, commands),
      workflowOfLabel: (label) => catalog.workflowForLabel(label)?.name ?? null,
      issueOfPullRequest: (body, repositoryId) => markers.readIssue(repositoryId, body),
    },
    async handle(intents) {
      for (const intent of intents) {
        await handleIntent(intent, desk);
      }
    },
    onAccessChange: (change) => github.forgetAccess(change),
    onCommentEdit: (edit) => store.commentEdits.save(edit),
    onMerge: (merge) => parts.metrics.merged(merge),
  });
}

function openIntake({ settings, store, github, log, metrics }: Parts): Intake {
  return createIntake({
    path: settings.listen.webhookPath,
    secret: settings.app.webhookSecret.reveal(),
    appId: settings.app.id,
    webhooks,
    inbox: store.inbox,
    log,
    ready: () => store.inbox.pending(0, 1),
    isKnownInstallation: github.isKnownInstallation,
    onOutcome: (outcome) => metrics.delivered(outcome),
  });
}
