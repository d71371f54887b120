import type { Act } from '../operations/act.ts';
import type { Webhooks } from '../serializers/schemas.ts';
import { toCheckRun } from '../serializers/to-check-run.ts';
import { toCheckSuiteBase } from '../serializers/to-check-suite.ts';
import { toRepository } from '../serializers/to-repository.ts';
import type { CheckRun, CheckSuite } from '../state/check-run.ts';
import { timestamp } from '../state/timestamp.ts';
import { emit, isListening } from './emit.ts';
import { toEnvelope } from './to-envelope.ts';

export type CheckRunChange =
  | { readonly action: 'created' | 'completed' | 'rerequested' }
  | { readonly action: 'requested_action'; readonly identifier: string };

type CheckRunPayload =
  | Webhooks['webhook-check-run-created']
  | Webhooks['webhook-check-run-completed']
  | Webhooks['webhook-check-run-rerequested']
  | Webhooks['webhook-check-run-requested-action'];

/** Tells the App of one of its check runs. */
export function emitCheckRun(act: Act, run: CheckRun, change: CheckRunChange): void {
  const { world, repository } = act;
  const suite = repository.checkSuites.get(run.suiteId);
  if (!suite || !isListening(world, 'check_run', repository)) {
    return;
  }
  const base = {
    check_run: toWebhookCheckRun(act, run, suite),
    ...toEnvelope(world, repository, act.actor.account),
  };
  emit(world, { event: 'check_run', repository, payload: toPayload(base, change) });
}

type Base = ReturnType<typeof toEnvelope> & { check_run: ReturnType<typeof toWebhookCheckRun> };

function toPayload(base: Base, change: CheckRunChange): CheckRunPayload {
  switch (change.action) {
    case 'created':
      return { ...base, action: 'created' };
    case 'completed':
      return { ...base, action: 'completed' };
    case 'rerequested':
      return { ...base, action: 'rerequested' };
    case 'requested_action':
      return { ...base, action: 'requested_action', requested_action: { identifier: change.identifier } };
  }
}

function toWebhookCheckRun({ world, repository }: Act, run: CheckRun, suite: CheckSuite) {
  const shown = toCheckRun(world, repository, run);
  return {
    ...shown,
    status: toWebhookStatus(run),
    external_id: run.externalId ?? '',
    started_at: run.startedAt ?? timestamp(),
    check_suite: {
      ...toCheckSuiteBase(world, repository, suite),
      repository: toRepository(world, repository),
    },
  } satisfies Webhooks['check-run-with-simple-check-suite'];
}

// Payloads know fewer states than the API does.
function toWebhookStatus(run: CheckRun): 'queued' | 'in_progress' | 'completed' | 'pending' {
  return run.status === 'waiting' || run.status === 'requested' ? 'pending' : run.status;
}
