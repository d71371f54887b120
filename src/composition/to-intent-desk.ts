import type { IntentDesk } from '../orchestration/handle-intent.ts';
import { acknowledge, answerIntent } from '../presentation/answers/answer-intent.ts';
import { configurationCheck } from '../presentation/configuration-check.ts';
import { forkNotice } from '../presentation/fork-notice.ts';
import { present } from '../presentation/present.ts';
import { sha256 } from '../system/sha256.ts';
import type { Parts } from './parts.ts';
import { previewConfiguration } from './preview-configuration.ts';
import { readReviewEvents } from './read-review-events.ts';

/** The desk where intents are handled, with the real world behind it. */
export function toIntentDesk(parts: Parts): IntentDesk {
  const { catalog, engine, store, codeHost, log, workspace, sandbox } = parts;
  const commands = [...catalog.commands.values()];
  return {
    engine,
    runs: store.runs,
    effects: store.effects,
    codeHost,
    log,
    workspace,
    digest: sha256,
    sandbox: sandbox.kind,
    present,
    reviewEvents: (repository) => readReviewEvents(parts, repository),
    forkNotice: (change) => [forkNotice(change)],
    previewConfiguration: (subject, change) => previewConfiguration(parts, subject, change),
    configurationCheck: (change, preview) => [configurationCheck(change, preview)],
    acknowledge,
    answer: (intent, answer) => answerIntent(intent, answer, commands),
  };
}
