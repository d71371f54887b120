import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Seed } from '../simulator/simulator.ts';

export const OWNER = 'acme';
export const REPOSITORY = 'orders-api';
/** Who opens the issue, labels it and approves the design. */
export const MAINTAINER = 'ada';
const INSTALLATION = 2001;

const EXAMPLES = join(import.meta.dirname, '../../examples');

/** A small company on the embedded GitHub: one repository, two people, and the App installed. */
export function toDemoSeed(): Seed {
  return {
    users: [
      { login: MAINTAINER, name: 'Ada' },
      { login: 'linus', name: 'Linus' },
    ],
    organizations: [{ login: OWNER, owners: [MAINTAINER], members: ['linus'], baseRole: 'read' }],
    repositories: [
      {
        owner: OWNER,
        name: REPOSITORY,
        description: 'Takes orders and lists them',
        directory: join(EXAMPLES, 'orders-api'),
        labels: [
          { name: 'baton', color: '5319e7', description: 'Baton works on this' },
          { name: 'baton:delivery', color: '5319e7', description: 'Baton delivers this in seven phases' },
          { name: 'baton: waiting', color: 'fbca04', description: 'Baton waits for a person' },
        ],
      },
    ],
    app: {
      id: 1001,
      slug: 'baton',
      name: 'Baton',
      owner: OWNER,
      webhookSecret: randomBytes(32).toString('hex'),
      permissions: {
        metadata: 'read',
        issues: 'write',
        pull_requests: 'write',
        contents: 'write',
        checks: 'write',
      },
      events: ['issues', 'issue_comment', 'pull_request', 'check_run'],
    },
    installations: [{ id: INSTALLATION, account: OWNER }],
  };
}
