import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MAINTAINER, toDemoSeed } from '../../src/demo/demo-seed.ts';
import { EXAMPLES } from '../support/examples.ts';
import { REPO, type Stage } from '../support/stage.ts';
import { untilPerformed } from './support/executions.ts';
import { openIssue, type PlayedIssue, settle } from './support/play-issue.ts';
import { report } from './support/report.ts';
import { setCrashStage } from './support/set-crash-stage.ts';
import { within } from './support/until.ts';
import { watchTransitions } from './support/watch-transitions.ts';

/** No other process on the machine has these words, and it takes longer than this test may. */
const SLOW_TEST = `sleep 613.${process.pid}`;

let stage: Stage;
let directory: string | null = null;
afterEach(async () => {
  await stage.stop();
  if (directory !== null) {
    await rm(directory, { recursive: true, force: true });
    directory = null;
  }
});

describe('crash/cancel', () => {
  it('stops an agent at work at once', async () => {
    stage = await setCrashStage({ delays: { 'triage.1': 600_000 } });
    const aborted = Promise.withResolvers<number>();
    await watchTransitions(stage.databaseUrl, {
      onTransition(name) {
        // The call of the first step has ended.
        if (/^dbos\.workflow_status run-[0-9a-f]{20}-\d+ SUCCESS$/.test(name)) {
          aborted.resolve(performance.now());
        }
      },
    });
    await stage.startBaton();
    const issue = await openIssue(stage);
    await issue.label();
    await untilPerformed(stage.databaseUrl, 'call');
    await expectCancelled(issue, aborted.promise);
  });

  it('stops a gate command at work at once', async () => {
    directory = await mkdtemp(join(tmpdir(), 'baton-slow-'));
    stage = await setCrashStage({ seed: await toSlowSeed(directory) });
    await stage.startBaton();
    const issue = await openIssue(stage);
    await issue.label();
    await within(
      240_000,
      'the hold',
      stage.advanced(({ state }) => state === 'held'),
    );
    await issue.say('/baton approve');
    await within(
      240_000,
      'the gates',
      stage.advanced(({ state, step }) => state === 'running' && step === 'gates'),
    );
    await vi.waitFor(async () => expect(await countSlowTests()).toBeGreaterThan(0), {
      timeout: 60_000,
      interval: 50,
    });
    const gone = vi
      .waitFor(async () => expect(await countSlowTests()).toBe(0), { timeout: 60_000, interval: 10 })
      .then(() => performance.now());
    await expectCancelled(issue, gone);
  });
});

/** `over` is the time at which the work was stopped. */
async function expectCancelled(issue: PlayedIssue, over: Promise<number>): Promise<void> {
  const delivered = stage.simulator.deliveries().length;
  const saidAt = performance.now();
  await issue.say('/baton cancel It is obsolete.');
  const [overAt] = await Promise.all([
    within(240_000, 'the work to stop', over),
    within(
      240_000,
      'the run to be cancelled',
      stage.advanced(({ state }) => state === 'cancelled'),
    ),
  ]);
  const visibleMs = performance.now() - saidAt;
  expect(stage.simulator.deliveries().length).toBeGreaterThan(delivered);
  report(
    `cancelled: work stopped after ${Math.round(overAt - saidAt)} ms, shown after ${Math.round(visibleMs)} ms`,
  );
  await settle(stage);
  const { rest } = stage.as(MAINTAINER);
  const { data: comments } = await rest.issues.listComments({ ...REPO, issue_number: issue.number });
  const [progress] = comments.filter(({ user }) => user?.login === stage.simulator.app.botLogin);
  expect(progress?.body).toMatch(/cancelled/i);
  expect(progress?.body).toContain('It is obsolete.');
  expect((await rest.pulls.list({ ...REPO, state: 'all' })).data).toEqual([]);
}

/** The demo's repository, with tests that take a minute. */
async function toSlowSeed(at: string) {
  const seed = toDemoSeed();
  const example = join(at, 'repository');
  await cp(join(EXAMPLES, 'orders-api'), example, { recursive: true });
  const file = join(example, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(
    file,
    JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, test: SLOW_TEST } }, null, 2),
  );
  return { ...seed, repositories: (seed.repositories ?? []).map((one) => ({ ...one, directory: example })) };
}

async function countSlowTests(): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.replaceAll('\0', ' ').trim() === SLOW_TEST).length;
}
