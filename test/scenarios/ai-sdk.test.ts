import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { type Dialect, playRecording } from '../support/recorded-model.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

const KEY = 'sk-the-key-of-the-provider';
/** How a model speaks to this runtime. */
const DIALECT: Dialect = {
  look: {
    calls: [
      ['list', { glob: '**/*.ts' }],
      ['read', { path: 'src/api.ts' }],
    ],
  },
  command: (command) => ({ calls: [['run', { command }]] }),
  report: (report) => ({ calls: [['report', { report }]] }),
};

let model: ModelServer;
let stage: Stage;

beforeEach(async () => {
  model = await startModelServer(playRecording(DIALECT));
  stage = await setStage({
    environment: {
      BATON_RUNTIME: 'ai-sdk',
      BATON_REPLAY_DIR: '',
      BATON_PROVIDER: 'openai-compatible',
      BATON_PROVIDER_URL: `${model.url}/v1`,
      BATON_MODEL: 'small-model',
      OPENAI_API_KEY: KEY,
      LOG_LEVEL: 'debug',
    },
  });
});

afterEach(async () => {
  await stage.stop();
  await model.stop();
});

describe('scenarios/ai-sdk', () => {
  it('a model turns an issue into a pull request, by tools in the sandbox and a line to its provider', async () => {
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
    const run = await stage.advanced(({ decision }) => decision === 'finish');
    expect(run.state).toBe('succeeded');

    const { data: pulls } = await rest.pulls.list({ ...REPO, state: 'open' });
    const { data: files } = await rest.pulls.listFiles({ ...REPO, pull_number: pulls[0]?.number ?? 0 });
    expect(files.map(({ filename }) => filename)).toContain('src/page.ts');
    expect(new Set(model.asked.map((asked) => asked.model))).toEqual(new Set(['small-model']));
    const told = JSON.stringify(model.asked);
    expect(told).toContain('The report was not taken');
    expect(`${told}${JSON.stringify(stage.lines)}`).not.toContain(KEY);
    expect(stage.lines.some(({ msg }) => msg === 'an agent did something')).toBe(true);
  });
});
