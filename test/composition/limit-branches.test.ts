import { describe, expect, it } from 'vitest';
import { limitBranches } from '../../src/composition/limit-branches.ts';
import { teamSettingsSchema } from '../../src/domain/team/team-settings.ts';
import type { Workspace } from '../../src/ports/workspace.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { anOrder, sha } from '../support/orders.ts';

const order = anOrder();
const push = {
  repository: order.subject.repository,
  runId: 'run-1',
  branch: 'baton/1-sum',
  commit: sha('a'),
  expected: null,
};

function limited(branches: readonly string[], member?: string): Workspace {
  const workspace: Workspace = { ...createInMemoryWorkspace(), push: async () => ({ kind: 'pushed' }) };
  const team = teamSettingsSchema.parse({ branches });
  return limitBranches(workspace, {
    order: member === undefined ? order : { ...order, member },
    settings: { team },
  });
}

describe('src/composition/limit-branches', () => {
  it('refuses a write of the team elsewhere, and says what is allowed', async () => {
    await expect(limited(['work/**'], 'code-developer').push(push)).rejects.toThrow(
      'code-developer may not write to the branch baton/1-sum: team.branches in .github/baton.yml allows work/**.',
    );
  });

  it('lets through what is allowed, and runs of people', async () => {
    expect(await limited(['baton/**'], 'code-developer').push(push)).toEqual({ kind: 'pushed' });
    expect(await limited(['work/**']).push(push)).toEqual({ kind: 'pushed' });
  });
});
