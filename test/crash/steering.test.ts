import { afterEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import type { LedgerEntry } from '../../src/simulator/simulator.ts';
import { REPO, type Stage } from '../support/stage.ts';
import { type KeptBaton, keepBaton } from './support/keep-baton.ts';
import { openIssue, type PlayedIssue, settle } from './support/play-issue.ts';
import { setCrashStage } from './support/set-crash-stage.ts';
import { within } from './support/until.ts';

const LIMIT_MS = 240_000;

let stage: Stage;
let kept: KeptBaton;
afterEach(() => stage.stop());

/** A run that Baton works on until it is at that step; it is killed at the first write for which `isFatal` holds. */
async function openRunning(
  step: string,
  isFatal: (entry: LedgerEntry) => boolean,
): Promise<{ readonly issue: PlayedIssue; readonly killed: Promise<void> }> {
  const killed = Promise.withResolvers<void>();
  let isArmed = false;
  let isKilled = false;
  stage = await setCrashStage({
    delays: { [`${step}.1`]: 600_000 },
    onWrite(entry) {
      if (isArmed && !isKilled && isFatal(entry)) {
        isKilled = true;
        kept.kill(() => Promise.resolve());
        killed.resolve();
      }
    },
  });
  kept = await keepBaton(stage);
  const issue = await openIssue(stage);
  await issue.label();
  await advanced('the design to be held', { state: 'held', step: 'design-approval' });
  await issue.say('/baton approve');
  await advanced(`${step} to be done`, { state: 'running', step });
  isArmed = true;
  return { issue, killed: killed.promise };
}

function advanced(
  what: string,
  { state, step }: { readonly state: string; readonly step?: string },
  attempt = 1,
) {
  return withinLimit(
    what,
    stage.advanced(
      (run) =>
        run.state === state && run.step === step && (run.attempt === undefined || run.attempt === attempt),
    ),
  );
}

/** Sooner when Baton itself has failed. */
function withinLimit<Result>(what: string, work: Promise<Result>): Promise<Result> {
  return within(LIMIT_MS, what, Promise.race([work, kept.failed]));
}

async function progressOf(issue: PlayedIssue): Promise<string[]> {
  const { data } = await stage
    .as(MAINTAINER)
    .rest.issues.listComments({ ...REPO, issue_number: issue.number, per_page: 100 });
  return data.map(({ body }) => body ?? '').filter((body) => /\nRun `run-/.test(body));
}

async function headsOf(): Promise<{ readonly base: string; readonly run: string | undefined }> {
  const { data } = await stage.as(MAINTAINER).rest.repos.listBranches(REPO);
  return {
    base: data.find(({ name }) => name === 'main')?.commit.sha ?? '',
    run: data.find(({ name }) => name.startsWith('baton/'))?.commit.sha,
  };
}

function countPushes(): number {
  return stage.simulator.ledger().filter(({ kind }) => kind === 'git/push').length;
}

async function finish(issue: PlayedIssue): Promise<void> {
  await kept.catchUp();
  await issue.say('/baton cancel');
  await advanced('the run to be cancelled', { state: 'cancelled' });
  await settle(stage);
  expect(await progressOf(issue)).toHaveLength(1);
}

describe('crash/steering', () => {
  it('a rollback that is cut short after its push is done to its end, and once', async () => {
    const { issue, killed } = await openRunning('review', ({ kind }) => kind === 'git/push');
    const before = await headsOf();
    expect(before.run).not.toBe(before.base);
    const pushedBefore = countPushes();
    await issue.say('/baton rollback architecture');
    await withinLimit('the kill', killed);
    await advanced('the design to be held again', { state: 'held', step: 'design-approval' }, 2);
    expect((await headsOf()).run).toBe(before.base);
    expect(countPushes()).toBe(pushedBefore + 1);
    expect((await progressOf(issue)).join()).toMatch(/What people did \(1\)/);
    await finish(issue);
  });

  it('a pause that is cut short while it is shown is kept, and can be resumed', async () => {
    const { issue, killed } = await openRunning('implementation', ({ body }) =>
      JSON.stringify(body ?? '').includes('Paused: '),
    );
    await issue.say('/baton pause');
    await withinLimit('the kill', killed);
    await kept.catchUp();
    await advanced('the run to be paused', { state: 'held', step: 'implementation' });
    expect((await progressOf(issue)).join()).toMatch(/Paused: Implementation/);
    await issue.say('/baton resume');
    await withinLimit(
      'the step to be done again',
      stage.advanced(({ decision, step }) => decision === 'repeat' && step === 'implementation'),
    );
    expect((await progressOf(issue)).join()).toMatch(/What people did \(2\)/);
    await finish(issue);
  });
});
