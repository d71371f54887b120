import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { openGithub } from './support/open-github.ts';

type Github = Awaited<ReturnType<typeof openGithub>>;

const ADA = { id: 1, login: 'ada' };

describe('src/github/is-in-team.ts', () => {
  let github: Github;

  beforeAll(async () => {
    github = await openGithub();
  });
  afterAll(async () => {
    await github.close();
  });

  function ask(team: string) {
    return github.codeHost.isInTeam(github.subject.repository, { team, actor: ADA });
  }

  test('asks nothing about another organization', async () => {
    const before = github.simulator.requests().length;
    expect(await ask('acme/security')).toBe(false);
    expect(github.simulator.requests()).toHaveLength(before);
  });

  test('does not guess where the App may not read members', async () => {
    await expect(ask('ada/security')).rejects.toThrow(
      'GitHub did not tell whether ada is in ada/security. The App needs the permission to read members',
    );
  });
});

describe('src/simulator: teams', () => {
  test('are known to members of the organization only', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'baton-teams-'));
    const simulator = await startSimulator({
      directory,
      seed: {
        users: ['ada', 'bob', 'eve'],
        organizations: [{ login: 'acme', members: ['ada'], teams: { security: ['ada'] } }],
        app: { slug: 'baton', webhookSecret: 'a webhook secret', permissions: {} },
      },
    });
    try {
      async function membership(login: string, as: string) {
        const answer = await fetch(`${simulator.url}/orgs/acme/teams/security/memberships/${login}`, {
          headers: { authorization: `Bearer ${simulator.tokenOf(as)}` },
        });
        return answer.ok ? await answer.json() : answer.status;
      }
      expect(await membership('Ada', 'ada')).toMatchObject({ state: 'active', role: 'member' });
      expect(await membership('bob', 'ada')).toBe(404);
      expect(await membership('ada', 'eve')).toBe(404);
    } finally {
      await simulator.stop();
      await rm(directory, { recursive: true, force: true });
    }
  });
});
