import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toBasic, toGitEnvironment } from '../../src/workspace/git/git-environment.ts';
import { type GitRemote, startGitRemote, toRepository, write } from './support/git-remote.ts';
import { type StartedWorkspace, startWorkspace, toSeal } from './support/start-workspace.ts';

const app = toRepository('app');

/** What all processes show of themselves to every user of the machine. */
function readProcessList(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}

async function serve(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('src/workspace/git/git-environment', () => {
  let remote: GitRemote;
  let started: StartedWorkspace;
  const servers: Server[] = [];

  beforeEach(async () => {
    remote = await startGitRemote();
    remote.create('app');
    started = startWorkspace(remote);
  });

  afterEach(async () => {
    await started.stop();
    await remote.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('shows the token to the remote alone: not in the process list, on disk or in the log', async () => {
    const lists: string[] = [];
    remote.onRequest(() => lists.push(readProcessList()));
    const base = remote.commit('app', 'main', { a: '1\n' });
    const tree = await started.workspace.openTree(app, base, 'implement');
    write(tree.path, 'a', '2\n');
    const sealed = await started.workspace.seal(tree, toSeal());
    const commit = sealed.kind === 'sealed' ? sealed.commit : '';
    await started.workspace.push({ repository: app, runId: 'r', branch: 'baton/1', commit, expected: null });
    const forms = [remote.token, toBasic(remote.token)];
    expect(
      lists.filter((list) => list.includes('git-remote-http') || list.includes('ls-remote')).length,
    ).toBeGreaterThan(2);
    for (const form of forms) {
      expect(lists.join('')).not.toContain(form);
      expect(started.logged.join('')).not.toContain(form);
      expect(
        execFileSync('sh', ['-c', `grep -rlF '${form}' '${started.home}' || true`], { encoding: 'utf8' }),
      ).toBe('');
    }
  });

  it('asks for a token that may write only to push', async () => {
    const uses: string[] = [];
    const asking = startWorkspace(remote, {
      token: (_repository, use) => {
        uses.push(use);
        return Promise.resolve(remote.token);
      },
    });
    const base = remote.commit('app', 'main', { a: '1\n' });
    await asking.workspace.readBase(app);
    await asking.workspace.remoteHead(app, 'baton/1');
    const tree = await asking.workspace.openTree(app, base, 'implement');
    expect(new Set(uses)).toEqual(new Set(['fetch']));
    write(tree.path, 'a', '2\n');
    const sealed = await asking.workspace.seal(tree, toSeal());
    const commit = sealed.kind === 'sealed' ? sealed.commit : '';
    await asking.workspace.push({ repository: app, runId: 'r', branch: 'baton/1', commit, expected: null });
    await asking.stop();
    expect(uses.filter((use) => use === 'push')).toHaveLength(1);
  });

  it('does not tell the token in an error', async () => {
    const { server, url } = await serve((request, response) => {
      response
        .writeHead(403, { 'content-type': 'text/plain' })
        .end(`your header was ${request.headers.authorization}`);
    });
    servers.push(server);
    const failing = startWorkspace(remote, { remoteUrl: () => `${url}/acme/app.git` });
    const error = await failing.workspace.readBase(app).then(String, String);
    expect(error).toMatch(/403/);
    expect(error).not.toContain(toBasic(remote.token));
    await failing.stop();
  });

  it('does not send the token where the remote redirects to', async () => {
    remote.commit('app', 'main', { a: '1\n' });
    const { server, url } = await serve((request, response) => {
      response.writeHead(301, { location: `${remote.url}${request.url}` }).end();
    });
    servers.push(server);
    const redirected = startWorkspace(remote, { remoteUrl: () => `${url}/acme/app.git` });
    await expect(redirected.workspace.readBase(app)).rejects.toThrow(/Check that the App is installed/);
    expect(remote.requests.length).toBeGreaterThan(0);
    expect(remote.requests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
    await redirected.stop();
  });

  it.each([
    'ssh://git@example.com/a.git',
    'file:///etc',
    'ext::sh -c true',
    'https://user:token@example.com/a.git',
  ])('refuses the remote %s', async (url) => {
    const odd = startWorkspace(remote, { remoteUrl: () => url });
    await expect(odd.workspace.readBase(app)).rejects.toThrow(
      /must be an http or https URL without a user name/,
    );
    await odd.stop();
  });

  it('stops a git process that waits for the remote when the workspace closes', async () => {
    const { server, url } = await serve(() => undefined);
    servers.push(server);
    const waiting = startWorkspace(remote, { remoteUrl: () => `${url}/acme/app.git` });
    const arrived = once(server, 'request');
    const base = waiting.workspace.readBase(app).then(String, String);
    await arrived;
    await waiting.stop();
    expect(await base).toMatch(/git ls-remote for acme\/app was stopped because the workspace is closing/);
    expect(readProcessList()).not.toContain(url);
  });

  it('gives a token only to a process that talks to the remote, and no process anything of the server', () => {
    const local = toGitEnvironment({}, null);
    const remoteSide = toGitEnvironment({}, { url: 'https://github.com/a/b.git', token: 'T' });
    expect(Object.values(local).join()).not.toContain('Authorization');
    expect(Object.values(remoteSide)).toContain('http.https://github.com/.extraHeader');
    expect(Object.keys(local).filter((name) => !/^(GIT_|PATH$|HOME$|LC_ALL$)/.test(name))).toEqual([]);
    expect(local).toMatchObject({
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ALLOW_PROTOCOL: 'http:https',
    });
  });
});
