import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MAINTAINER } from '../../src/demo/demo-seed.ts';
import { RECORDING } from '../support/examples.ts';
import { freePort } from '../support/free-port.ts';
import { REPO, type Stage, setStage } from '../support/stage.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROBOT = join(ROOT, 'node_modules/probot/bin/probot.js');

let stage: Stage;
let wrote: () => void;
const started: ChildProcess[] = [];

beforeAll(async () => {
  stage = await setStage({ onWrite: () => wrote() });
});
afterEach(async () => {
  for (const child of started.splice(0).filter(({ exitCode }) => exitCode === null)) {
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(120_000) });
    child.kill('SIGINT');
    await exited;
  }
});
afterAll(async () => {
  await stage.stop();
});

/** Runs Probot's own program, as a Probot user does. */
function probot(words: readonly string[], port = 0): { readonly output: () => string } {
  const { simulator, databaseUrl, directory } = stage;
  const child = spawn(process.execPath, [PROBOT, ...words], {
    cwd: ROOT,
    env: {
      PATH: process.env['PATH'] ?? '',
      NO_SMEE_SETUP: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      APP_ID: String(simulator.app.id),
      PRIVATE_KEY: simulator.app.privateKey,
      WEBHOOK_SECRET: simulator.app.webhookSecret,
      GITHUB_API_URL: simulator.url,
      DATABASE_URL: databaseUrl,
      BATON_HOME: join(directory, 'probot-home'),
      BATON_RUNTIME: 'replay',
      BATON_REPLAY_DIR: RECORDING,
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const parts: string[] = [];
  child.stdout.on('data', (part: Buffer) => void parts.push(part.toString()));
  child.stderr.on('data', (part: Buffer) => void parts.push(part.toString()));
  return { output: () => parts.join('') };
}

/** Resolves when somebody has written on GitHub so that `holds`. */
function written(holds: () => Promise<boolean>, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`nothing was written; Probot printed:\n${output()}`)),
      240_000,
    );
    wrote = () => {
      // The write is answered first.
      setImmediate(() => {
        holds().then((held) => {
          if (held) {
            clearTimeout(late);
            resolve();
          }
        }, reject);
      });
    };
  });
}

async function hasBotComment(issue: number): Promise<boolean> {
  const { data } = await stage.as(MAINTAINER).rest.issues.listComments({ ...REPO, issue_number: issue });
  return data.some(({ user }) => user?.login === 'baton[bot]');
}

describe('scenarios/probot-cli', () => {
  it('probot receive handles one payload from a file', async () => {
    const { rest } = stage.as(MAINTAINER);
    wrote = () => {};
    // Nobody listens there; the delivery is kept all the same.
    stage.simulator.setWebhookUrl('http://127.0.0.1:9/');
    const { data: issue } = await rest.issues.create({ ...REPO, title: 'By receive', body: 'x' });
    await rest.issues.addLabels({ ...REPO, issue_number: issue.number, labels: ['baton'] });
    const labeled = stage.simulator.deliveries().findLast(({ action }) => action === 'labeled');
    const payload = join(stage.directory, 'payload.json');
    await writeFile(payload, labeled?.body ?? '');

    const run = probot(['receive', '-e', 'issues.labeled', '-p', payload, './src/app.ts']);
    await written(() => hasBotComment(issue.number), run.output);
    const { data: comments } = await rest.issues.listComments({ ...REPO, issue_number: issue.number });
    expect(comments[0]?.body).toContain('Requested by `');
  });

  it('probot run serves webhooks on its own server', async () => {
    const { rest } = stage.as(MAINTAINER);
    const port = await freePort();
    const run = probot(['run', './src/app.ts'], port);
    await expect.poll(() => run.output()).toContain(`127.0.0.1:${port}`);
    stage.simulator.setWebhookUrl(`http://127.0.0.1:${port}/api/github/webhooks`);
    wrote = () => {};
    const { data: issue } = await rest.issues.create({ ...REPO, title: 'By run', body: 'x' });
    const answered = written(() => hasBotComment(issue.number), run.output);
    await rest.issues.createComment({ ...REPO, issue_number: issue.number, body: '/baton help' });
    await answered;
    const { data: comments } = await rest.issues.listComments({ ...REPO, issue_number: issue.number });
    expect(comments.at(-1)?.body).toContain('/baton approve');
  });
});
