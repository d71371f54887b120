import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatonProcess } from '../../src/demo/baton-process.ts';
import { MAINTAINER, toDemoSeed } from '../../src/demo/demo-seed.ts';
import type { LedgerEntry } from '../../src/simulator/simulator.ts';
import { GOOD_PATCH, goodAgents } from '../scenarios/agents.ts';
import { SMALL } from '../scenarios/scene.ts';
import { writeRecording } from '../support/recordings.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';
import { openIssue } from './support/play-issue.ts';
import { within } from './support/until.ts';

const DEFERRED = ['Round the sum', 'Name the unit'].map((title) => ({
  title,
  why: 'Nobody asked for it.',
  evidence: 'src/sum.ts:1',
}));

let recording: string;
let stage: Stage;
let onWrite: (entry: LedgerEntry) => void;
beforeEach(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  const facts = { complexFeature: false, dataModelChanges: false };
  const report = { kind: 'work', summary: 'Built.', details: '', facts, deferred: DEFERRED };
  await writeRecording(recording, goodAgents({ 'implementation.1': { report, patch: GOOD_PATCH } }));
  onWrite = () => undefined;
  stage = await setStage({ seed: toSeed(), recording, onWrite: (entry) => onWrite(entry) });
});
afterEach(async () => {
  await stage.stop();
  await rm(recording, { recursive: true, force: true });
});

describe('crash/debt', () => {
  it.each([
    ['the first issue was accepted', 'issues/create', 1],
    ['the second issue was accepted', 'issues/create', 2],
    ['their label was accepted', 'issues/create-label', 1],
  ])('kill -9 right after %s: each work has one issue', async (_moment, kind, nth) => {
    await play();
    const first = await findIssues();
    expect(first.map(({ title }) => title)).toEqual(DEFERRED.map(({ title }) => title));
    expect(await labels()).toContain('tech-debt');
    expect(await pullBodies()).toEqual([
      expect.stringContaining(first.map(({ number, title }) => `- #${number}: ${title}\n`).join('')),
    ]);

    async function play(): Promise<void> {
      const environment = { BATON_HOME: `${stage.directory}/home` };
      const baton = await stage.startBaton(environment);
      const dead = killAt(baton, { kind, nth });
      const issue = await openIssue(stage);
      await stage.as(MAINTAINER).rest.issues.addLabels({
        ...REPO,
        issue_number: issue.number,
        labels: ['baton:backend-feature'],
      });
      await within(
        240_000,
        'the design to be held',
        stage.advanced(({ state }) => state === 'held'),
      );
      await issue.say('/baton approve');
      await within(240_000, `the kill after ${kind} ${nth}`, dead);
      await stage.startBaton(environment);
      await within(
        240_000,
        'the run to succeed',
        stage.advanced(({ state }) => state === 'succeeded'),
      );
    }
  });
});

/** Resolves when Baton was killed, by the n-th accepted write of its own of that kind, and is dead. */
async function killAt(
  { child }: BatonProcess,
  { kind, nth }: { readonly kind: string; readonly nth: number },
): Promise<void> {
  let seen = 0;
  onWrite = (entry) => {
    seen += entry.kind === kind && entry.actor === stage.simulator.app.botLogin ? 1 : 0;
    if (seen === nth && !child.killed) {
      child.kill('SIGKILL');
    }
  };
  await once(child, 'exit');
}

async function findIssues() {
  const query = { ...REPO, state: 'all', direction: 'asc', per_page: 100 } as const;
  const { data } = await stage.as(MAINTAINER).rest.issues.listForRepo(query);
  return data.filter((issue) => issue.pull_request === undefined && issue.user?.type === 'Bot');
}

async function labels() {
  return (await stage.as(MAINTAINER).rest.issues.listLabelsForRepo(REPO)).data.map(({ name }) => name);
}

async function pullBodies() {
  return (await stage.as(MAINTAINER).rest.pulls.list({ ...REPO, state: 'all' })).data.map(({ body }) => body);
}

/** The demo's account with a repository that takes no time to judge. */
function toSeed() {
  const seed = toDemoSeed();
  const repositories = [
    { owner: REPO.owner, name: REPO.repo, files: SMALL, labels: ['baton:backend-feature'] },
  ];
  return { ...seed, repositories };
}
