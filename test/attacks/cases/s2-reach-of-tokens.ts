import { defineAttack } from '../attack.ts';
import { ended, equal } from '../expectations.ts';

export const attack = defineAttack({
  id: 'S2',
  title: 'tokens that open more than the one repository, or more than the one thing they are for',
  prepare: () => ({ acts: [{ run: 'echo "export const sum = 1;" > src/sum.ts' }] }),
  check: (seen) => {
    const asked = seen.written
      .filter(({ kind }) => kind === 'apps/create-token')
      .map(({ body }) => Object(body));
    return [
      ended(seen, 'done'),
      equal('tokens were made', asked.length > 0, true),
      equal(
        'tokens for more than one repository that are not for listing them',
        asked.filter((token) => !isForOne(token) && !isForListing(token)).length,
        0,
      ),
      equal(
        'tokens with all permissions, or with more than one that writes code or checks',
        asked.filter(({ permissions }) => isBroad(permissions)).length,
        0,
      ),
    ];
  },
});

function isForOne({ repository_ids: ids }: Record<string, unknown>): boolean {
  return Array.isArray(ids) && ids.length === 1;
}

/** It shows which repositories there are, and nothing in them. */
function isForListing({ permissions }: Record<string, unknown>): boolean {
  return JSON.stringify(permissions) === '{"metadata":"read"}';
}

function isBroad(permissions: unknown): boolean {
  const writes = Object.entries(Object(permissions)).filter(([, access]) => access === 'write');
  const names = writes.map(([name]) => name).filter((name) => name !== 'workflows');
  return permissions === undefined || names.length > 1;
}
