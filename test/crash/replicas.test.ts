import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import type { LedgerEntry } from '../../src/simulator/simulator.ts';
import { type Execution, untilPerformed, untilTakenOver } from './support/executions.ts';
import { openIssue, type PlayedIssue, settle } from './support/play-issue.ts';
import { report } from './support/report.ts';
import { type CrashStage, setCrashStage } from './support/set-crash-stage.ts';
import { within } from './support/until.ts';
import { toComparable, toDoubled, writesOf } from './support/written.ts';

const EXIT_LEASE_LOST = 75;

/** Two Batons on one database, each with a home of its own, and an issue that is about to be labelled. */
interface Scene {
  readonly stage: CrashStage;
  readonly batons: readonly BatonProcess[];
  readonly issue: PlayedIssue;
}

let stage: CrashStage;
/** What the first run wrote; all write the same. */
let usual: readonly string[] | null = null;
afterEach(async () => {
  await stage.stop();
});

describe('crash/replicas', () => {
  it.each([
    ['an agent step', untilAgentWorks, ['implementation.1']],
    // The run is not at its end before the kill, however quick they are.
    ['the gates', untilGatesBegin, ['review.1']],
    ['a hold', untilHeld, []],
  ] as const)('one is killed during %s: the other goes on', async (moment, until, held) => {
    const scene = await setScene(held);
    const victim = await until(scene);
    const survivor = toOther(scene, victim);
    const killedAt = performance.now();
    process.kill(victim.pid, 'SIGKILL');
    stage.simulator.setWebhookUrl(await survivor.ready);
    await untilTakenOver(stage.databaseUrl, { id: victim.id, pid: survivor.child.pid ?? 0 });
    const takenOverMs = performance.now() - killedAt;
    report(`killed during ${moment}: taken over after ${Math.round(takenOverMs)} ms`);
    await stage.release();
    await approveAndFinish(scene);
    expectNothingTwice();
  });

  it('one is frozen during an agent step: the other finishes, and the first ends when it wakes', async () => {
    const scene = await setScene(['implementation.1']);
    const victim = await untilAgentWorks(scene);
    process.kill(victim.pid, 'SIGSTOP');
    await stage.release();
    const frozenAt = performance.now();
    stage.simulator.setWebhookUrl(await toOther(scene, victim).ready);
    await approveAndFinish(scene);
    report(
      `frozen during an agent step: finished by the other after ${Math.round(performance.now() - frozenAt)} ms`,
    );
    await wakeUp(scene, victim);
  });

  it.each([
    ['after a lone write', 'issues/update-comment', 'Baton is working: Gates'],
    // While one is answered, others wait for their connection: they must not be sent after the waking.
    ['among many writes', 'checks/create', 'baton / '],
    // A label is taken off at the same time, by a request without a body.
    ['while a label is taken off', 'issues/update-comment', 'Baton is working: Implementation'],
  ])('one is frozen %s: the other finishes, and the first ends when it wakes', async (moment, kind, text) => {
    let frozen: number | null = null;
    let victim: Execution | null = null;
    const scene = await setScene([], (entry) => {
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
  });
});

async function setScene(
  held: readonly string[],
  onWrite: (entry: LedgerEntry) => void = () => undefined,
): Promise<Scene> {
  stage = await setCrashStage({ held, onWrite });
  const batons = [await stage.startBaton(), await stage.startBaton()];
  return { stage, batons, issue: await openIssue(stage) };
}

async function untilHeld({ issue }: Scene): Promise<Execution> {
  await issue.label();
  await within(
    240_000,
    'the hold',
    stage.advanced(({ state }) => state === 'held'),
  );
  return untilPerformed(stage.databaseUrl, 'run');
}

async function untilAgentWorks(scene: Scene): Promise<Execution> {
  await untilHeld(scene);
  await scene.issue.say('/baton approve');
  await within(
    240_000,
    'the step',
    stage.advanced(({ state, step }) => state === 'running' && step === 'implementation'),
  );
  return untilPerformed(stage.databaseUrl, 'call');
}

async function untilGatesBegin(scene: Scene): Promise<Execution> {
  const run = await untilHeld(scene);
  await scene.issue.say('/baton approve');
  await within(
    240_000,
    'the step',
    stage.advanced(({ state, step }) => state === 'running' && step === 'gates'),
  );
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
    240_000,
    'the end',
    stage.advanced(({ decision }) => decision === 'finish'),
  );
  expect(run.state).toBe('succeeded');
  await settle(stage);
}

function expectNothingTwice(): void {
  const writes = toComparable(writesOf(stage.simulator));
  expect(toDoubled(writes)).toEqual([]);
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
  expect(await within(240_000, 'the revived process to end', exited)).toEqual([EXIT_LEASE_LOST, null]);
  report(`revived: ended with ${EXIT_LEASE_LOST} after ${Math.round(performance.now() - wokenAt)} ms`);
  expectNothingTwice();
}
