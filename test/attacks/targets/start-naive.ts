import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { type LedgerEntry, type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { freePort } from '../../support/free-port.ts';
import { type Arena, openArena } from '../arena/open-arena.ts';
import { listen } from './listen.ts';
import { toSeed } from './seed.ts';
import type { Ending, Place, Target } from './target.ts';

const BOT = join(import.meta.dirname, '../naive/bot.ts');

/** The naive bot in a process of its own, with the same secrets around it. */
export async function startNaive(places: readonly Place[]): Promise<Target> {
  const arena = await openArena();
  const repositories = join(arena.directory, 'github');
  const listeners = new Set<(entry: LedgerEntry) => void>();
  const simulator = await startSimulator({
    seed: toSeed(places),
    directory: repositories,
    onWrite: (entry) => {
      for (const listener of listeners) {
        listener(entry);
      }
    },
  });
  await arena.settle(simulator);
  const bot = await startBot(arena, simulator, {});

  function ending({ owner, repo }: Place): Promise<Ending> {
    return new Promise((resolve) => {
      listeners.add(({ kind, path, body }) => {
        const text = kind === 'issues/create-comment' ? Object(body).body : undefined;
        if (
          typeof text === 'string' &&
          path.includes(`/${owner}/${repo}/`) &&
          /^(?:Done|Failed):/.test(text)
        ) {
          resolve({ state: text.startsWith('Done:') ? 'done' : 'failed', summary: text.slice(0, 300) });
        }
      });
    });
  }
  return {
    arena,
    simulator,
    repositories,
    async work(place) {
      const ended = ending(place);
      const octokit = new Octokit({ auth: simulator.tokenOf('will'), baseUrl: simulator.url });
      await octokit.rest.issues.addLabels({ ...place, issue_number: 1, labels: ['baton'] });
      return ended;
    },
    log: () => bot.output(),
    stored: () => Promise.resolve(''),
    metrics: () => Promise.resolve(''),
    home: null,
    async startWith(environment) {
      const tried = await startBot(arena, simulator, environment).catch(String);
      if (typeof tried === 'string') {
        return tried;
      }
      await end(tried.child);
      return null;
    },
    async stop() {
      await end(bot.child);
      await simulator.stop();
      await arena.close();
    },
  };
}

interface Bot {
  readonly child: ChildProcess;
  output(): string;
}

/** @throws Error with what it printed, when it does not start. */
async function startBot(
  { environment, keyFile, model }: Arena,
  simulator: Simulator,
  more: Readonly<Record<string, string>>,
): Promise<Bot> {
  const { app, url } = simulator;
  const port = await freePort();
  const child = spawn(process.execPath, [BOT], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...environment,
      HOST: '127.0.0.1',
      PORT: String(port),
      NO_SMEE_SETUP: 'true',
      APP_ID: String(app.id),
      PRIVATE_KEY_PATH: keyFile,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: new URL(url).host,
      GHE_PROTOCOL: 'http',
      OPENAI_BASE_URL: `${model.url}/v1`,
      LOG_FORMAT: 'json',
      GIT_AUTHOR_NAME: 'bot',
      GIT_AUTHOR_EMAIL: 'bot@example.com',
      GIT_COMMITTER_NAME: 'bot',
      GIT_COMMITTER_EMAIL: 'bot@example.com',
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = listen(child);
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  child.stdout.on('data', () => {
    if (printed.join('').includes(`127.0.0.1:${port}`)) {
      resolve();
    }
  });
  child.once('exit', () => reject(new Error(`The naive bot ended: ${printed.join('')}`)));
  await listening;
  simulator.setWebhookUrl(`http://127.0.0.1:${port}/api/github/webhooks`);
  return { child, output: () => printed.join('') };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
