import { getExecutor } from '@dbos-inc/dbos-sdk/internal/dbos';
import { wfQueueRunner } from '@dbos-inc/dbos-sdk/internal/wfqueue';
import { workflowTimeoutConfig } from '@dbos-inc/dbos-sdk/internal/workflow_management';

/** How often DBOS may look for what Baton does not use, or finds by itself. */
export const DBOS_RESTS_MS = 60_000;

/** For the configuration: what is gathered for so long are its events and streams, which we have none of. */
export const QUIET_SETTINGS = { notificationCoalesceMs: DBOS_RESTS_MS };

/**
 * Lets an idle DBOS sleep; before the launch. Each second it looks for workflows past their deadline, for delayed ones
 * and for changed queues: ours have no deadline and no delay, and the queues are made at the start. None of it is a
 * setting of DBOS, so a test counts what an idle engine still does.
 */
export function quietDbos(): void {
  workflowTimeoutConfig.pollingIntervalMs = DBOS_RESTS_MS;
  Object.assign(wfQueueRunner.constructor, {
    reconcileIntervalMs: DBOS_RESTS_MS,
    transitionIntervalMs: DBOS_RESTS_MS,
  });
}

/** Ends what wakes ten times a second to export what DBOS has traced, which is nothing; after the launch. */
export async function endDbosExport(): Promise<void> {
  await getExecutor().logger.destroy();
}
