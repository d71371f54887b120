import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAINTAINER, toDemoSeed } from '../../src/demo/demo-seed.ts';
import { goodPhases, SUMS, TICKET } from '../scenarios/stories/delivery-story.ts';
import { writeRecording } from '../support/recordings.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';
import { report } from './support/report.ts';
import { within } from './support/until.ts';
import { writesOf } from './support/written.ts';

const LIMIT_MS = 60_000;
/** Long enough that the kill falls into the middle of an agent's work. */
const THINKING_MS = 300;

const PHASES = [
  'planning',
  'test-definition',
  'scaffolding',
  'implementation',
  'security',
  'telemetry',
  'documentation',
];

let recording: string;
let stage: Stage;
beforeEach(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  const calls = Object.entries(goodPhases()).map(
    ([name, call]) => [name, { ...call, delayMs: THINKING_MS }] as const,
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
    'kill -9 in every phase: nothing is lost, nothing is there twice',
    async () => {
      const environment = { BATON_HOME: `${stage.directory}/home` };
      let baton = await stage.startBaton(environment);
      const { rest } = stage.as(MAINTAINER);
      const { data: issue } = await rest.issues.create({ ...REPO, ...TICKET });
      await rest.issues.addLabels({ ...REPO, issue_number: issue.number, labels: ['baton:delivery'] });
      // By turns in the work of a role and in what judges it.
      const steps = PHASES.map((phase, index) => (index % 2 === 0 ? phase : `${phase}-gates`));
      for (const step of steps) {
        const reached = stage.advanced((run) => run.state === 'running' && run.step === step);
        await within(LIMIT_MS, `the run to be in ${step}`, reached);
        baton.child.kill('SIGKILL');
        await once(baton.child, 'exit');
        baton = await stage.startBaton(environment);
      }
      const ended = stage.advanced(({ state }) => state === 'succeeded');
      await within(LIMIT_MS, 'the run to succeed', ended);

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
      report(
        `delivery: killed ${steps.length} times, once in each phase; ${checks.length} check runs, each once`,
      );
    },
    6 * LIMIT_MS,
  );
});
