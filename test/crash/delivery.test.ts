import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAINTAINER, toDemoSeed } from '../../src/demo/demo-seed.ts';
import { toAdvanced } from '../../src/demo/narrator.ts';
import { goodPhases, PHASES, SUMS, TICKET } from '../scenarios/stories/delivery-story.ts';
import { writeRecording } from '../support/recordings.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';
import { report } from './support/report.ts';
import { within } from './support/until.ts';
import { writesOf } from './support/written.ts';

const LIMIT_MS = 240_000;
/** By turns in the work of a role and in what judges it; some of the others are left in order. */
const ENDS: readonly (readonly [string, NodeJS.Signals])[] = [
  ['planning', 'SIGKILL'],
  ['test-definition-gates', 'SIGKILL'],
  ['scaffolding', 'SIGKILL'],
  ['implementation', 'SIGTERM'],
  ['implementation-gates', 'SIGKILL'],
  ['security', 'SIGKILL'],
  ['security-gates', 'SIGTERM'],
  ['telemetry-gates', 'SIGKILL'],
  ['documentation', 'SIGKILL'],
];

let recording: string;
let stage: Stage;
beforeEach(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  // The end of the server falls into the middle of an agent's work, which goes on when the next server is there.
  const ending = new Set(ENDS.map(([step]) => `${step}.1`));
  const calls = Object.entries(goodPhases()).map(
    ([name, call]) => [name, ending.has(name) ? { ...call, until: `${name}.released` } : call] as const,
  );
  await writeRecording(recording, Object.fromEntries(calls));
  const repositories = [{ owner: REPO.owner, name: REPO.repo, files: SUMS, labels: ['baton:delivery'] }];
  stage = await setStage({ seed: { ...toDemoSeed(), repositories }, recording });
});
afterEach(async () => {
  await stage.stop();
  await rm(recording, { recursive: true, force: true });
});

describe('crash/delivery', () => {
  it(
    'kill -9 in every phase, and a server that is stopped in two: nothing is lost, nothing is there twice',
    async () => {
      const environment = { BATON_HOME: `${stage.directory}/home` };
      let baton = await stage.startBaton(environment);
      const { rest } = stage.as(MAINTAINER);
      const { data: issue } = await rest.issues.create({ ...REPO, ...TICKET });
      await rest.issues.addLabels({ ...REPO, issue_number: issue.number, labels: ['baton:delivery'] });
      for (const [step, signal] of ENDS) {
        const reached = stage.advanced((run) => run.state === 'running' && run.step === step);
        await within(LIMIT_MS, `the run to be in ${step}`, reached);
        baton.child.kill(signal);
        const [code, died] = await within(LIMIT_MS, `${signal} in ${step}`, once(baton.child, 'exit'));
        expect([code, died]).toEqual(signal === 'SIGTERM' ? [0, null] : [null, signal]);
        baton = await stage.startBaton(environment);
        await writeFile(join(recording, `${step}.1.released`), '');
      }
      const ended = stage.advanced(({ state }) => state === 'succeeded');
      await within(LIMIT_MS, 'the run to succeed', ended);

      // An end of the server is no fault of the work.
      const attempts = stage.lines.flatMap((line) => toAdvanced(line)?.attempt ?? []);
      expect(new Set(attempts)).toEqual(new Set([1]));
      const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'all' });
      expect(pulls).toHaveLength(1);
      const [pull] = pulls;
      const { data: commits } = await rest.pulls.listCommits({ ...REPO, pull_number: pull?.number ?? 0 });
      const sealed = commits.map(({ commit }) => /^Baton-Step: (.+)$/m.exec(commit.message)?.[1]);
      // Telemetry changes nothing in this story.
      expect(sealed).toEqual(PHASES.filter((phase) => phase !== 'telemetry'));
      const writes = writesOf(stage.simulator);
      const checks = writes.flatMap(({ kind, body }) =>
        kind === 'checks/create'
          ? [JSON.stringify([Reflect.get(Object(body), 'name'), Reflect.get(Object(body), 'head_sha')])]
          : [],
      );
      expect(checks.length).toBeGreaterThan(10);
      expect(new Set(checks).size).toBe(checks.length);
      expect(writes.filter(({ kind }) => kind === 'issues/create-comment')).toHaveLength(1);
      const killed = ENDS.filter(([, signal]) => signal === 'SIGKILL').length;
      expect(killed).toBe(PHASES.length);
      report(
        `delivery: killed ${killed} times, once in each phase, and stopped ${ENDS.length - killed} times; ${checks.length} check runs, each once`,
      );
    },
    6 * LIMIT_MS,
  );
});
