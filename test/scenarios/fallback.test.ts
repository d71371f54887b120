import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

let model: ModelServer;
let stage: Stage;

/** An agent that writes a file first, and then finds its model gone. */
beforeEach(async () => {
  model = await startModelServer(({ messages }) =>
    messages.some(({ role }) => role === 'assistant')
      ? { status: 404 }
      : { calls: [['write', { path: 'leak.txt', content: 'half done' }]] },
  );
  stage = await setStage({
    environment: {
      BATON_RUNTIME: 'ai-sdk,replay',
      BATON_PROVIDER: 'openai-compatible',
      BATON_PROVIDER_URL: `${model.url}/v1`,
      BATON_MODEL: 'lost-model',
      BATON_BREAKER_FAILURES: '2',
    },
  });
});

afterEach(async () => {
  await stage.stop();
  await model.stop();
});

describe('scenarios/fallback', () => {
  it('another runtime does what the first cannot, from the start, and everybody sees it', async () => {
    await stage.startBaton();
    const { rest } = stage.as(MAINTAINER);
    const { data: issue } = await rest.issues.create({
      ...REPO,
      title: 'Pages for GET /orders',
      body: 'Please.',
    });
    const subject = { ...REPO, issue_number: issue.number };
    await rest.issues.addLabels({ ...subject, labels: ['baton:backend-feature'] });
    await stage.advanced(({ state }) => state === 'held');
    await rest.issues.createComment({ ...subject, body: '/baton approve' });
    expect(await stage.advanced(({ decision }) => decision === 'finish')).toMatchObject({
      state: 'succeeded',
    });

    const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'open' });
    const { data: files } = await rest.pulls.listFiles({ ...REPO, pull_number: pulls[0]?.number ?? 0 });
    const names = files.map(({ filename }) => filename);
    expect(names).toContain('src/page.ts');
    expect(names).not.toContain('leak.txt');

    const { data: comments } = await rest.issues.listComments(subject);
    const told = comments.map(({ body = '' }) => body).join('\n');
    expect(told).toMatch(/\*\*Asked:\*\* .* by `replay`\./);
    expect(told).toContain('`ai-sdk` with `lost-model` failed (The provider of models does not know');
    expect(told).toContain('`ai-sdk` with `lost-model` was passed over');
    expect(stage.lines.some(({ msg }) => msg === 'a breaker has changed')).toBe(true);
  });
});
