import { z } from 'zod';
import { defineWebhook } from './parts/define-webhook.ts';

const schema = z.object({
  action: z.literal('removed'),
  installation: z.object({ id: z.int() }),
  repositories_removed: z.array(z.object({ id: z.int() })),
});

export const webhook = defineWebhook({
  name: 'installation-repositories',
  summary: 'Repositories were taken away from the App: their tokens are forgotten.',
  event: 'installation_repositories',
  actions: ['removed'],
  schema,
  toIntents: () => [],
  toAccessChange: ({ installation, repositories_removed: removed }) => ({
    installationId: installation.id,
    lost: removed.map((repository) => repository.id),
  }),
});
