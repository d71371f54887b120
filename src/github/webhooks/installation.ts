import { z } from 'zod';
import { defineWebhook } from './parts/define-webhook.ts';

const schema = z.object({
  action: z.enum(['deleted', 'suspend', 'new_permissions_accepted']),
  installation: z.object({ id: z.int() }),
});

export const webhook = defineWebhook({
  name: 'installation',
  summary: 'The App was removed, suspended, or given other permissions: kept tokens are forgotten.',
  event: 'installation',
  actions: ['deleted', 'suspend', 'new_permissions_accepted'],
  schema,
  toIntents: () => [],
  toAccessChange: ({ installation }) => ({ installationId: installation.id, lost: 'all' }),
});
