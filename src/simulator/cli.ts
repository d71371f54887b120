import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readSeed } from './read-seed.ts';
import type { CheckedSeed } from './seed.ts';
import { type Simulator, startSimulator } from './simulator.ts';

const USAGE = `Starts a GitHub of your own on this machine, with real git, webhooks and pages.

  npm run simulator -- --seed <file.yaml> [--port <number>] [--webhook-url <url>]

  --seed         what it starts with; see examples/simulator-seed.yaml
  --port         where it listens on 127.0.0.1; a free port when missing
  --webhook-url  where the App receives webhooks, e.g. http://127.0.0.1:3000/api/github/webhooks
`;

/** Runs the simulator until it is told to stop. Returns the exit code of the process. */
async function runSimulatorCli(args: string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === null) {
      process.stdout.write(USAGE);
      return 0;
    }
    await serve(options);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

type Options = { readonly seed: string; readonly port: number; readonly webhookUrl: string | null };

function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      port: { type: 'string', default: '0' },
      'webhook-url': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    return null;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be a number between 0 and 65535, not "${values.port}".`);
  }
  if (values.seed === undefined) {
    throw new Error(`--seed is missing.\n\n${USAGE}`);
  }
  const webhookUrl = values['webhook-url'] ?? null;
  if (webhookUrl !== null && !URL.canParse(webhookUrl)) {
    throw new Error(`--webhook-url must be a URL, not "${webhookUrl}".`);
  }
  return { seed: values.seed, port, webhookUrl };
}

async function serve(options: Options): Promise<void> {
  const seed = await readSeed(options.seed);
  const directory = await mkdtemp(join(tmpdir(), 'simulator-'));
  try {
    const simulator = await startSimulator({
      seed,
      directory,
      port: options.port,
      log: (line) => void process.stderr.write(`${line}\n`),
    });
    if (options.webhookUrl !== null) {
      simulator.setWebhookUrl(options.webhookUrl);
    }
    process.stdout.write(describe(simulator, seed));
    await untilStopped();
    await simulator.stop();
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function describe(simulator: Simulator, seed: CheckedSeed): string {
  const { app, url } = simulator;
  const tokens = seed.users.map(({ login }) => `  ${login.padEnd(20)} ${simulator.tokenOf(login)}`);
  return [
    `Simulated GitHub: ${url}`,
    '',
    'User tokens (for Octokit, curl and git over HTTP):',
    ...tokens,
    '',
    `The App "${app.slug}" can be run against it with this environment (the base URL for clients is ${url}/api/v3):`,
    `  APP_ID=${app.id}`,
    `  WEBHOOK_SECRET=${app.webhookSecret}`,
    `  PRIVATE_KEY=${Buffer.from(app.privateKey).toString('base64')}`,
    `  GITHUB_API_URL=${url}`,
    `  GHE_HOST=127.0.0.1:${simulator.port} GHE_PROTOCOL=http   (instead of GITHUB_API_URL, for other Probot apps)`,
    '',
    'Set where webhooks go with --webhook-url, in the seed, or by PATCH /app/hook/config. Stop with Ctrl+C.',
    '',
  ].join('\n');
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

process.exitCode = await runSimulatorCli(process.argv.slice(2));
