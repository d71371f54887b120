import { afterEach, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { type Dialect, playRecording } from '../support/recorded-model.ts';
import { isInstalled, RUNTIMES_DIRECTORY } from '../support/runtime-packages.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

const KEY = 'sk-the-key-of-the-provider';

interface Program {
  readonly provider: 'anthropic' | 'openai';
  readonly dialect: Dialect;
  /** How it is told that its report does not do. */
  readonly complaint: string;
}

const PROGRAMS: Readonly<Record<string, Program>> = {
  claude: {
    provider: 'anthropic',
    dialect: {
      look: { calls: [['Read', { file_path: 'src/api.ts' }]] },
      command: (command) => ({ calls: [['Bash', { command, description: 'applies a patch' }]] }),
      report: (report) => ({ calls: [['StructuredOutput', { report }]] }),
    },
    complaint: 'Output does not match required schema',
  },
  codex: {
    provider: 'openai',
    dialect: {
      look: { calls: [['exec_command', { cmd: 'cat src/api.ts' }]] },
      command: (cmd) => ({ calls: [['exec_command', { cmd }]] }),
      report: (report) => ({ text: JSON.stringify({ report }) }),
    },
    complaint: 'The report was not taken',
  },
};

for (const [runtime, { provider, dialect, complaint }] of Object.entries(PROGRAMS)) {
  describe.skipIf(!isInstalled(runtime))(`scenarios/agent-programs: ${runtime}`, () => {
    let model: ModelServer;
    let stage: Stage;

    afterEach(async () => {
      await stage.stop();
      await model.stop();
    });

    it('turns an issue into a pull request, inside the sandbox and over a line to its provider', async () => {
      model = await startModelServer(playRecording(dialect), { thinks: provider === 'anthropic' });
      stage = await setStage({
        environment: {
          BATON_RUNTIME: runtime,
          BATON_RUNTIMES: RUNTIMES_DIRECTORY,
          BATON_REPLAY_DIR: '',
          BATON_PROVIDER: provider,
          BATON_PROVIDER_URL: `${model.url}/v1`,
          BATON_MODEL: 'some-model',
          BATON_MODEL_OPUS: 'some-model',
          BATON_MODEL_SONNET: 'some-model',
          BATON_MODEL_HAIKU: 'some-model',
          [provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY']: KEY,
          LOG_LEVEL: 'debug',
        },
      });
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
      expect(new Set(model.asked.map((asked) => asked.model))).toEqual(new Set(['some-model']));
      const told = JSON.stringify(model.asked);
      expect(told).toContain(complaint);
      expect(`${told}${JSON.stringify(stage.lines)}`).not.toContain(KEY);
    });
  });
}
