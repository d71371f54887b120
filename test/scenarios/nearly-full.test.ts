import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { copyRecording } from '../support/copy-recording.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

let recording: string;
let stage: Stage;
beforeEach(async () => {
  recording = await mkdtemp(join(tmpdir(), 'baton-recording-'));
  await copyRecording(recording);
  // The second attempt begins where the first did.
  await copyFile(join(recording, 'implementation.1.json'), join(recording, 'implementation.2.json'));
  stage = await setStage({ recording });
});
afterEach(async () => {
  await stage.stop();
  await rm(recording, { recursive: true });
});

describe('scenarios/nearly-full', () => {
  it('a run on a volume that is nearly full says what to free, and goes on when that is done', async () => {
    // More than there is anywhere: the server starts all the same, and can say what is wrong.
    const full = await stage.startBaton({ BATON_SANDBOX_FREE_MIB: '9999999' });
    const { rest } = stage.as(MAINTAINER);
    const { data: issue } = await rest.issues.create({ ...REPO, title: 'Pages for GET /orders' });
    const subject = { ...REPO, issue_number: issue.number };
    await rest.issues.addLabels({ ...subject, labels: ['baton:backend-feature'] });
    await stage.advanced(({ state, step }) => state === 'held' && step === 'design-approval');
    await rest.issues.createComment({ ...subject, body: '/baton approve' });
    const broken = await stage.advanced(({ state, step }) => state === 'held' && step === 'implementation');
    expect(broken.decision).toBe('hold');
    await expect
      .poll(async () => (await rest.issues.listComments(subject)).data.map(({ body }) => body).join('\n'), {
        timeout: 60_000,
      })
      .toMatch(/only \d+ MiB are free on the volume[^]*Free space on the volume of BATON_HOME/);

    await full.stop();
    await stage.startBaton();
    await rest.issues.createComment({ ...subject, body: '/baton retry' });
    const { last } = await stage.advanced(
      (run) => run.last?.step === 'implementation' && run.last.attempt === 2,
    );
    expect(last).toMatchObject({ outcome: 'passed' });
  });
});
