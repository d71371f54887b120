import { describe, expect, it } from 'vitest';
import type { HeldRun, RunningRun } from '../../src/domain/run.ts';
import { restoreBranch } from '../../src/orchestration/restore-branch.ts';
import { LeaseLostError } from '../../src/ports/lease.ts';
import { createInMemoryWorkspace } from '../support/in-memory-workspace.ts';
import { anOrder, sha } from '../support/orders.ts';
import { aHeldRun, anEscalatedRun, aRunningRun } from '../support/runs.ts';

const { id, branch } = anOrder();
const BASE = sha('a');

/** A remote on which the branch points there; absent for null. */
function openRemote(head: string | null) {
  const workspace = createInMemoryWorkspace();
  if (head !== null) {
    workspace.branches.set(branch, head);
  }
  return workspace;
}

describe('orchestration/restore-branch', () => {
  it.each<[string, RunningRun | HeldRun, string | null, string, string, string | null]>([
    ['puts it back to an earlier checkpoint', anEscalatedRun(), sha('d'), sha('b'), 'restored', sha('b')],
    ['puts it back to the base', anEscalatedRun(), sha('d'), BASE, 'restored', BASE],
    ['leaves it absent before the first checkpoint', aHeldRun(), null, BASE, 'restored', null],
    ['is done when it was done before a crash', anEscalatedRun(), sha('b'), sha('b'), 'restored', sha('b')],
    ['leaves the push of somebody else', anEscalatedRun(), sha('e'), sha('b'), 'moved', sha('e')],
    ['leaves it gone', anEscalatedRun(), null, sha('b'), 'moved', null],
  ])('%s', async (_title, run, live, commit, restored, after) => {
    const workspace = openRemote(live);
    expect(await restoreBranch({ run, commit }, workspace)).toBe(restored);
    expect(workspace.branches.get(branch) ?? null).toBe(after);
  });

  it('takes back what an interrupted attempt has left, and nothing that was taken', async () => {
    const run = anEscalatedRun();
    const workspace = openRemote(sha('e'));
    const leftover = { 'Baton-Run': id, 'Baton-Step': 'implementation', 'Baton-Attempt': '4' };
    workspace.trailers.set(sha('e'), { ...leftover, 'Baton-Attempt': '1' });
    expect(await restoreBranch({ run, commit: sha('b') }, workspace)).toBe('moved');
    workspace.trailers.set(sha('e'), { ...leftover, 'Baton-Run': 'run-of-another' });
    expect(await restoreBranch({ run, commit: sha('b') }, workspace)).toBe('moved');
    workspace.trailers.set(sha('e'), leftover);
    expect(await restoreBranch({ run, commit: sha('b') }, workspace)).toBe('restored');
    expect(workspace.branches.get(branch)).toBe(sha('b'));
  });

  it('has nothing to put back for a run that judges a pull request', async () => {
    const change = { headSha: BASE, baseRef: 'main', fork: false };
    const run = { ...aRunningRun(anOrder({ change })), head: sha('f') };
    expect(await restoreBranch({ run, commit: sha('f') }, openRemote(null))).toBe('restored');
    expect(await restoreBranch({ run, commit: BASE }, openRemote(null))).toBe('moved');
  });

  it('says so when GitHub cannot be asked, and stops when the run is in other hands', async () => {
    const workspace = { ...openRemote(sha('d')), remoteHead: () => Promise.reject(new Error('502')) };
    const request = { run: anEscalatedRun(), commit: BASE };
    expect(await restoreBranch(request, workspace)).toBe('failed');
    const lost = { ...workspace, remoteHead: () => Promise.reject(new LeaseLostError('taken over')) };
    await expect(restoreBranch(request, lost)).rejects.toThrow(LeaseLostError);
  });
});
