import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { toDemoSeed } from '../../src/demo/demo-seed.ts';
import type { ModelServer } from './model-server.ts';
import { type Stage, setStage } from './stage.ts';

const AGENT = join(import.meta.dirname, 'obedient-agent.mjs');

/** A stage with one repository, `org-1/sums`, and the settings of a Baton whose agents do what this model says. */
export async function setObedientStage(
  files: Readonly<Record<string, string>>,
  model: ModelServer,
): Promise<{ readonly stage: Stage; readonly environment: Readonly<Record<string, string>> }> {
  const { app } = toDemoSeed();
  const stage = await setStage({
    seed: {
      users: ['boss', 'will'],
      organizations: [{ login: 'org-1', owners: ['boss'] }],
      repositories: [{ owner: 'org-1', name: 'sums', files, roles: { will: 'write' } }],
      app: { ...app, owner: 'org-1' },
      installations: [{ id: 2001, account: 'org-1' }],
    },
  });
  const agent = join(stage.directory, 'agent.yml');
  await writeFile(
    agent,
    JSON.stringify({
      name: 'The agent',
      command: [process.execPath, AGENT],
      files: [dirname(AGENT)],
      speaks: { openai: { LINE: '{line}', TOKEN: '{token}', MODEL: '{model}' } },
    }),
  );
  const environment = {
    BATON_RUNTIME: 'acp',
    BATON_ACP_AGENT: agent,
    BATON_REPLAY_DIR: '',
    BATON_PROVIDER: 'openai-compatible',
    BATON_PROVIDER_URL: `${model.url}/v1`,
    BATON_MODEL: 'some-model',
  };
  return { stage, environment };
}
