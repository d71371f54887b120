import type { components as RestComponents } from '@octokit/openapi-types';
import type { components as WebhookComponents } from '@octokit/openapi-webhooks-types';

/** GitHub's own description of its REST answers. */
export type Rest = RestComponents['schemas'];
/** GitHub's own description of its webhook payloads. */
export type Webhooks = WebhookComponents['schemas'];

/**
 * A payload with the issue as GitHub sends it. The published description of some actions joins the issue with a
 * second shape which allows no assignee at all, so no real issue fits it.
 */
export type WithIssue<Payload> = Payload extends { issue: unknown }
  ? Omit<Payload, 'issue'> & { issue: Webhooks['webhooks_issue'] }
  : never;
