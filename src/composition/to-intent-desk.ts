import type { IntentDesk } from '../orchestration/handle-intent.ts';
import { acknowledge, answerIntent } from '../presentation/answers/answer-intent.ts';
import { present } from '../presentation/present.ts';
import { sha256 } from '../system/sha256.ts';
import type { Parts } from './parts.ts';

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
    acknowledge,
    answer: (intent, answer) => answerIntent(intent, answer, commands),
  };
}
