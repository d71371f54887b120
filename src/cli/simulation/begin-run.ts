import { advance } from '../../domain/advance.ts';
import { DEFAULT_REPOSITORY_SETTINGS } from '../../domain/repository-settings.ts';
import { orderSchema, type Run } from '../../domain/run.ts';
import type { Definition } from '../../domain/workflow.ts';
import { AT, BASE, REQUESTER } from './happening.ts';

/** A run of the workflow that has just begun, for an issue that nobody wrote. */
export function beginRun(definition: Definition): Run {
  const order = orderSchema.parse({
    id: 'simulation',
    subject: { repository: { id: 1, owner: 'simulated', name: 'repository', installationId: 1 }, number: 1 },
    ticket: { title: '', body: '', author: REQUESTER, url: 'https://github.com/' },
    requestedBy: REQUESTER,
    trigger: 'a simulation',
    requestedAt: AT,
    workflow: definition.workflow.name,
    branch: 'baton/1',
    sandbox: 'none',
  });
  return advance(
    { state: 'queued', order },
    {
      kind: 'begun',
      at: AT,
      base: BASE,
      definition,
      choice: { by: 'request', type: null, confidence: 1, reasons: ['It is simulated.'] },
      settings: DEFAULT_REPOSITORY_SETTINGS,
    },
  ).run;
}
