import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { pino } from 'pino';
import type { Subject } from '../../../src/domain/subject.ts';
import { createCodeHost } from '../../../src/github/create-code-host.ts';
import { createGithubApp } from '../../../src/github/create-github-app.ts';
import { createMarkers } from '../../../src/github/publish/markers.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { createInMemoryEdits } from './in-memory-edits.ts';
import { createInMemoryEffects } from './in-memory-ledger.ts';
import { createInMemoryRecords } from './in-memory-records.ts';
import { createInMemoryTurns } from './in-memory-turns.ts';
import { createInstantTimer } from './instant-timer.ts';

const INSTALLATION = 77;

/** The embedded GitHub with one repository and one issue, and our App on it. */
export async function openGithub() {
  const directory = await mkdtemp(join(tmpdir(), 'baton-github-'));
  const simulator = await startSimulator({
    directory,
    seed: {
      users: ['ada', 'mia', 'tom', 'rex'],
      repositories: [
        {
          owner: 'ada',
          name: 'shop',
          files: { 'README.md': '# Shop\n' },
          roles: { mia: 'maintain', tom: 'triage' },
          labels: ['baton'],
        },
      ],
      app: {
        id: 4242,
        slug: 'baton',
        webhookSecret: 'a webhook secret',
        events: ['issues', 'issue_comment', 'pull_request', 'check_run'],
        permissions: {
          metadata: 'read',
          issues: 'write',
          pull_requests: 'write',
          contents: 'write',
          checks: 'write',
        },
      },
      installations: [{ id: INSTALLATION, account: 'ada' }],
    },
  });
  function api(login: string) {
    return new Octokit({ auth: simulator.tokenOf(login), baseUrl: `${simulator.url}/api/v3`, log: SILENT });
  }

  const ada = api('ada');
  const { data: repository } = await ada.rest.repos.get({ owner: 'ada', repo: 'shop' });
  const { data: issue } = await ada.rest.issues.create({
    owner: 'ada',
    repo: 'shop',
    title: 'Prices',
    body: 'x',
  });
  const subject: Subject = {
    repository: { id: repository.id, owner: 'ada', name: 'shop', installationId: INSTALLATION },
    number: issue.number,
  };
  const timer = createInstantTimer();
  const effects = createInMemoryEffects();
  const records = createInMemoryRecords();
  const edits = createInMemoryEdits();
  const app = createGithubApp({
    appId: simulator.app.id,
    privateKey: simulator.app.privateKey,
    webhookSecret: simulator.app.webhookSecret,
    apiUrl: `${simulator.url}/api/v3`,
    lease: { assertHeld: () => Promise.resolve() },
    log: pino({ level: 'silent' }),
    timer,
    turns: createInMemoryTurns(timer),
  });
  const markers = createMarkers('a server secret');
  const { id: appId, botLogin: login } = simulator.app;
  const publishing = { appId, login, clientFor: app.clientFor, effects, records, edits, markers };
  return {
    simulator,
    subject,
    app,
    api,
    ada,
    timer,
    effects,
    records,
    edits,
    markers,
    publishing,
    codeHost: createCodeHost(publishing),
    async close() {
      await simulator.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
