import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import type { LedgerEntry } from '../../src/simulator/simulator.ts';
import type { Stage } from '../support/stage.ts';
import { type Execution, untilPerformed } from './support/executions.ts';
import { openIssue, type PlayedIssue, settle } from './support/play-issue.ts';
import { report } from './support/report.ts';
import { setCrashStage } from './support/set-crash-stage.ts';
import { within } from './support/until.ts';
import { toComparable, writesOf } from './support/written.ts';

const EXIT_LEASE_LOST = 75;
const TAKE_OVER_MS = 5_000;

/** Two Batons on one database, each with a home of its own, and an issue that is about to be labelled. */
interface Scene {
  readonly stage: Stage;
  readonly batons: readonly BatonProcess[];
  readonly issue: PlayedIssue;
}

let stage: Stage;
/** What the first run wrote; all write the same. */
let usual: readonly string[] | null = null;
afterEach(async () => {
  await stage.stop();
});

describe('crash/replicas', () => {
  it.each([
    ['an agent step', untilAgentWorks],
    ['the gates', untilGatesJudge],
    ['a hold', untilHeld],
  ] as const)(
    'one is killed during %s: the other goes on within 5 s',
    async (moment, until) => {
      const scene = await setScene({ 'implementation.1': 1000 });
      const victim = await until(scene);
      const survivor = toOther(scene, victim);
      const killedAt = performance.now();
      process.kill(victim.pid, 'SIGKILL');
      stage.simulator.setWebhookUrl(await survivor.ready);
      await untilPerformed(stage.databaseUrl, victim.id.length > 24 ? 'call' : 'run', {
        wanted: ({ id, pid }) => id === victim.id && pid === survivor.child.pid,
      });
      const takenOverMs = performance.now() - killedAt;
      report(`killed during ${moment}: taken over after ${Math.round(takenOverMs)} ms`);
      expect(takenOverMs).toBeLessThan(TAKE_OVER_MS);
      await approveAndFinish(scene);
      expectNothingTwice();
    },
    90_000,
  );

  it('one is frozen during an agent step: the other finishes, and the first ends when it wakes', async () => {
    const scene = await setScene({ 'implementation.1': 1000 });
    const victim = await untilAgentWorks(scene);
    process.kill(victim.pid, 'SIGSTOP');
    const frozenAt = performance.now();
    stage.simulator.setWebhookUrl(await toOther(scene, victim).ready);
    await approveAndFinish(scene);
    report(
      `frozen during an agent step: finished by the other after ${Math.round(performance.now() - frozenAt)} ms`,
    );
    await wakeUp(scene, victim);
  }, 90_000);

  it.each([
    ['after a lone write', 'issues/update-comment', 'Baton is working: Gates'],
    // While one is answered, others wait for their connection: they must not be sent after the waking.
    ['among many writes', 'checks/create', 'baton / '],
    // A label is taken off at the same time, by a request without a body.
    ['while a label is taken off', 'issues/update-comment', 'Baton is working: Implementation'],
  ])(
    'one is frozen %s: the other finishes, and the first ends when it wakes',
    async (moment, kind, text) => {
      let frozen: number | null = null;
      let victim: Execution | null = null;
      const scene = await setScene({}, (entry) => {
        const isChosen = entry.kind === kind && JSON.stringify(entry.body).includes(text);
        if (isChosen && victim !== null && frozen === null) {
          frozen = victim.pid;
          process.kill(frozen, 'SIGSTOP');
        }
      });
      victim = await untilHeld(scene);
      stage.simulator.setWebhookUrl(await toOther(scene, victim).ready);
      const approvedAt = performance.now();
      await approveAndFinish(scene);
      expect(frozen).toBe(victim.pid);
      const ms = Math.round(performance.now() - approvedAt);
      report(`frozen ${moment}: finished by the other ${ms} ms after the approval`);
      await wakeUp(scene, victim);
    },
    120_000,
  );
});

async function setScene(
  delays: Readonly<Record<string, number>>,
  onWrite: (entry: LedgerEntry) => void = () => undefined,
): Promise<Scene> {
  stage = await setCrashStage({ delays, onWrite });
  const batons = [await stage.startBaton(), await stage.startBaton()];
  return { stage, batons, issue: await openIssue(stage) };
}

async function untilHeld({ issue }: Scene): Promise<Execution> {
  await issue.label();
  await within(
    20_000,
    'the hold',
    stage.advanced(({ state }) => state === 'held'),
  );
  return untilPerformed(stage.databaseUrl, 'run');
}

async function untilAgentWorks(scene: Scene): Promise<Execution> {
  await untilHeld(scene);
  await scene.issue.say('/baton approve');
  await within(
    20_000,
    'the step',
    stage.advanced(({ state, step }) => state === 'running' && step === 'implementation'),
  );
  return untilPerformed(stage.databaseUrl, 'call');
}

async function untilGatesJudge(scene: Scene): Promise<Execution> {
  const run = await untilHeld(scene);
  await scene.issue.say('/baton approve');
  await within(
    20_000,
    'the step',
    stage.advanced(({ state, step }) => state === 'running' && step === 'gates'),
  );
  // Nothing tells that the commands run; they take longer than this.
  await delay(300);
  return run;
}

function toOther({ batons }: Scene, { pid }: Execution): BatonProcess {
  const other = batons.find(({ child }) => child.pid !== pid);
  if (other === undefined) {
    throw new Error('Both processes are the same.');
  }
  return other;
}

/** The approval is given when it was not yet: it is asked for once. */
async function approveAndFinish({ issue }: Scene): Promise<void> {
  const isApproved = stage.simulator
    .ledger()
    .some(({ kind, actor }) => kind === 'issues/create-comment' && actor !== stage.simulator.app.botLogin);
  if (!isApproved) {
    await issue.say('/baton approve');
  }
  const run = await within(
    80_000,
    'the end',
    stage.advanced(({ decision }) => decision === 'finish'),
  );
  expect(run.state).toBe('succeeded');
  await settle(stage);
}

function expectNothingTwice(): void {
  const writes = toComparable(writesOf(stage.simulator));
  expect(new Set(writes).size).toBe(writes.length);
  usual ??= writes.toSorted();
  expect(writes.toSorted()).toEqual(usual);
}

/** The revived process writes nothing more, and ends. */
async function wakeUp({ batons }: Scene, { pid }: Execution): Promise<void> {
  expectNothingTwice();
  const { child } = batons.find((baton) => baton.child.pid === pid) ?? {};
  expect(child?.exitCode).toBe(null);
  const exited = child === undefined ? Promise.reject(new Error('gone')) : once(child, 'exit');
  const wokenAt = performance.now();
  process.kill(pid, 'SIGCONT');
  expect(await within(15_000, 'the revived process to end', exited)).toEqual([EXIT_LEASE_LOST, null]);
  report(`revived: ended with ${EXIT_LEASE_LOST} after ${Math.round(performance.now() - wokenAt)} ms`);
  expectNothingTwice();
}
