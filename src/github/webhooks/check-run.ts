import { z } from 'zod';
import { parseButton } from '../../domain/button.ts';
import { readExternalId } from '../external-id.ts';
import { defineWebhook } from './parts/define-webhook.ts';
import { envelope, instantSchema, isBot, toActor, toSubject } from './parts/payload.ts';

const schema = z.object({
  ...envelope,
  action: z.enum(['rerequested', 'requested_action']),
  requested_action: z.object({ identifier: z.string() }).nullish(),
  check_run: z.object({
    id: z.int(),
    name: z.string(),
    html_url: z.string().nullish(),
    external_id: z.string().nullish(),
    started_at: instantSchema,
    completed_at: instantSchema.nullish(),
    app: z.object({ id: z.int() }).nullish(),
  }),
});
type Payload = z.infer<typeof schema>;

export const webhook = defineWebhook({
  name: 'check-run',
  summary: 'Buttons of our own check runs, and `Re-run`.',
  event: 'check_run',
  actions: ['rerequested', 'requested_action'],
  schema,
  toIntents(payload, context) {
    const { check_run: check, repository, sender } = payload;
    // Only our App can write the external id of its own check runs, so a foreign App's cannot name a run of ours.
    const about = check.app?.id === context.appId ? readExternalId(check.external_id ?? '') : null;
    const identifier = toIdentifier(payload);
    const ask = parseButton(identifier);
    if (about === null || ask === null || isBot(sender)) {
      return [];
    }
    // Pressing again while the check run still shows the same is the same press.
    const shownAt = check.completed_at ?? check.started_at;
    return [
      {
        key: `button:${repository.id}:${check.id}:${identifier}:${sender.id}:${shownAt}`,
        ask,
        subject: toSubject(payload, about.number),
        actor: toActor(sender),
        // As the commands of the same names do.
        requires: 'write',
        source: { kind: 'button', checkRunId: check.id },
        // GitHub does not tell when the button was pressed: not before it was shown.
        at: shownAt,
        ticket: {
          title: check.name,
          body: '',
          author: toActor(sender),
          url: check.html_url ?? '',
          labels: [],
        },
      },
    ];
  },
});

function toIdentifier({ action, requested_action: requested }: Payload): string {
  return action === 'rerequested' ? 'retry' : (requested?.identifier ?? '');
}
