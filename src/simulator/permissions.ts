import { z } from 'zod';

const access = z.enum(['read', 'write']).exactOptional();

/** The permissions of an App which the simulator knows; the names are GitHub's. */
export const permissionsSchema = z.strictObject({
  actions: access,
  administration: access,
  checks: access,
  contents: access,
  deployments: access,
  environments: access,
  issues: access,
  members: access,
  metadata: access,
  organization_administration: access,
  packages: access,
  pages: access,
  pull_requests: access,
  repository_hooks: access,
  secrets: access,
  security_events: access,
  single_file: access,
  statuses: access,
  vulnerability_alerts: access,
  workflows: z.literal('write').exactOptional(),
});

export type Permissions = z.output<typeof permissionsSchema>;
export type PermissionName = keyof Permissions;
