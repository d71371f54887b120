import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Octokit } from '@octokit/rest';
import { ProbotOctokit } from 'probot';
import type { Seed, SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { openReceiver } from './open-receiver.ts';

export const SECRET = 'a-secret-of-the-tests';
export const REPO = { owner: 'acme', repo: 'shop' };
export const PRIVATE = { owner: 'acme', repo: 'vault' };

// Each call once and at once: what is counted and refused here must not be tried again.
const AppOctokit = ProbotOctokit.defaults((options: object) => ({
  ...options,
  throttle: { enabled: false },
  retry: { enabled: false },
}));

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** What a playground starts with. */
export function toSeed(): Seed {
  return {
    users: ['alice', 'bob', 'tina', 'mallory'],
    organizations: [{ login: 'acme', owners: ['alice'], members: ['bob'] }],
    repositories: [
      {
        owner: 'acme',
        name: 'shop',
        roles: { tina: 'triage', bob: 'write' },
        files: { 'README.md': '# shop\n', 'src/total.js': 'export const total = 0;\n' },
      },
      { owner: 'acme', name: 'vault', private: true, files: { 'README.md': '# vault\n' } },
      { owner: 'acme', name: 'elsewhere', files: { 'README.md': '# not installed\n' } },
      { owner: 'acme', name: 'empty' },
    ],
    app: {
      id: 777,
      slug: 'baton',
      webhookSecret: SECRET,
      permissions: {
        administration: 'read',
        checks: 'write',
        contents: 'write',
        issues: 'write',
        pull_requests: 'write',
        statuses: 'write',
      },
      events: [
        'check_run',
        'check_suite',
        'create',
        'delete',
        'fork',
        'issue_comment',
        'issues',
        'pull_request',
        'pull_request_review',
        'push',
        'status',
      ],
    },
    installations: [
      { id: 9001, account: 'acme', repositories: ['acme/shop', 'acme/vault', 'acme/empty'] },
      { id: 9002, account: 'bob', suspended: true },
    ],
    tokens: { 'alice-token': 'alice' },
  };
}

/** A simulator with clients, a webhook receiver and git; everything is gone after `close`. */
export async function openPlayground(options: Partial<Omit<SimulatorOptions, 'directory'>> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'simulator-test-'));
  const receiver = await openReceiver(SECRET);
  const simulator = await startSimulator({
    seed: toSeed(),
    directory: join(directory, 'github'),
    ...options,
  });
  simulator.setWebhookUrl(receiver.url);
  function withToken(auth: string) {
    return new Octokit({ auth, baseUrl: simulator.url, log: QUIET });
  }
  const auth = { appId: simulator.app.id, privateKey: simulator.app.privateKey };
  return {
    directory,
    receiver,
    simulator,
    withToken,
    as: (login: string) => withToken(simulator.tokenOf(login)),
    app: new AppOctokit({ auth, baseUrl: simulator.url, log: QUIET }),
    installation: new AppOctokit({
      auth: { ...auth, installationId: 9001 },
      baseUrl: simulator.url,
      log: QUIET,
    }),
    /** A clone URL with a token as password; a repository without an owner is acme's. */
    remote: (token: string, repository = 'shop') =>
      `${simulator.url.replace('://', `://x-access-token:${token}@`)}/${repository.includes('/') ? repository : `acme/${repository}`}.git`,
    git: (args: string[], cwd = directory) => runGit(args, cwd),
    async close() {
      await simulator.stop();
      await receiver.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export type Playground = Awaited<ReturnType<typeof openPlayground>>;

/** Makes a commit with one file on a new branch, over the API. */
export async function commitFile(
  client: Pick<Octokit, 'rest'>,
  file: { branch: string; path: string; content: string },
) {
  const { data: main } = await client.rest.git.getRef({ ...REPO, ref: 'heads/main' });
  const sha = main.object.sha;
  await client.rest.git.createRef({ ...REPO, ref: `refs/heads/${file.branch}`, sha });
  const { data } = await client.rest.repos.createOrUpdateFileContents({
    ...REPO,
    branch: file.branch,
    path: file.path,
    message: `feat: ${file.path}`,
    content: Buffer.from(file.content).toString('base64'),
  });
  return data.commit.sha ?? '';
}

/** The status an Octokit call was refused with, or the one it was accepted with. */
export async function statusOf(call: Promise<{ status: number }>): Promise<number> {
  try {
    return (await call).status;
  } catch (error) {
    return error instanceof Error && 'status' in error && typeof error.status === 'number'
      ? error.status
      : -1;
  }
}

async function runGit(args: string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)('git', args, {
    cwd,
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: cwd,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_NAME: 'Alice',
      GIT_AUTHOR_EMAIL: 'alice@example.com',
      GIT_COMMITTER_NAME: 'Alice',
      GIT_COMMITTER_EMAIL: 'alice@example.com',
    },
  });
  return stdout.trim();
}
