import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toProxyEnvironment, useProxy } from '../../src/composition/use-proxy.ts';
import { toSecret } from '../../src/config/secret.ts';
import { createGateway } from '../../src/gateway/create-gateway.ts';
import { createGithubFetch } from '../../src/github/octokit/fetch-github.ts';
import { ask, REQUEST } from '../gateway/lines.ts';
import { SILENT } from '../support/examples.ts';
import { answerChat, answerJson, type FakeProvider, startFakeProvider } from '../support/fake-provider.ts';
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts';
import { createMemorySpending } from '../support/memory-spending.ts';
import { type GitRemote, startGitRemote, toRepository } from '../workspace/support/git-remote.ts';
import { startWorkspace } from '../workspace/support/start-workspace.ts';

const CREDENTIALS = `Basic ${Buffer.from('baton:hush').toString('base64')}`;

describe('src/composition/use-proxy', () => {
  let provider: FakeProvider;
  let proxy: ForwardProxy;
  beforeAll(async () => {
    provider = await startFakeProvider(answerJson({ login: 'me' }));
    proxy = await startForwardProxy(Number(new URL(provider.url).port));
  });
  afterAll(async () => {
    await proxy.stop();
    await provider.stop();
  });

  function settingsOf(...hostsWithout: string[]) {
    return { url: toSecret(proxy.url), hostsWithout };
  }

  it('leads requests to GitHub out, and none to this machine', async () => {
    useProxy(settingsOf());
    const fetchGithub = createGithubFetch(60_000, async () => undefined);
    const read = await fetchGithub('http://api.github.test/user', { method: 'GET' });
    const written = await fetchGithub('http://api.github.test/issues', { method: 'POST', body: '{"a":1}' });
    expect([read.status, written.status]).toEqual([200, 200]);
    expect(provider.asked.at(-1)).toMatchObject({ method: 'POST', url: '/issues', body: '{"a":1}' });
    expect(proxy.asked.every((host) => host === 'api.github.test:80')).toBe(true);
    expect([...proxy.credentials]).toEqual([CREDENTIALS]);
    const { length } = proxy.asked;
    await fetchGithub(`${provider.url}/user`, { method: 'GET' });
    expect(proxy.asked).toHaveLength(length);
  });

  it('leads calls to models out', async () => {
    provider.answer(answerChat('hi'));
    const home = await mkdtemp(join(tmpdir(), 'baton-proxy-'));
    const gateway = await createGateway({
      home,
      provider: { kind: 'openai-compatible', url: 'http://models.test/v1', key: 'sk-12345678' },
      prices: {},
      spending: createMemorySpending(),
      log: SILENT,
      proxyEnv: toProxyEnvironment(settingsOf()),
    });
    try {
      const line = await gateway.open(REQUEST);
      expect((await ask(line, { model: 'model-a', messages: [] })).status).toBe(200);
      expect(proxy.asked.at(-1)).toBe('models.test:80');
    } finally {
      await gateway.close();
      await rm(home, { recursive: true });
    }
  });

  it('leads git out, but not to the hosts that are named', async () => {
    const remote: GitRemote = await startGitRemote();
    const ways = await startForwardProxy(Number(new URL(remote.url).port));
    remote.create('app');
    const base = remote.commit('app', 'main', { 'a.txt': 'one\n' });
    const outside = { url: toSecret(ways.url), hostsWithout: ['inside.test'] };
    const started = startWorkspace(remote, {
      remoteUrl: ({ owner, name }) => `http://github.test/${owner}/${name}.git`,
      environment: toProxyEnvironment(outside),
    });
    try {
      expect(await started.workspace.readBase(toRepository('app'))).toEqual({ ref: 'main', sha: base });
      expect(new Set(ways.asked)).toEqual(new Set(['github.test:80']));
      expect(toProxyEnvironment(outside)['no_proxy']).toBe('localhost,127.0.0.1,::1,inside.test');
    } finally {
      await started.stop();
      await ways.stop();
      await remote.close();
    }
  });

  it('changes nothing where there is none', () => {
    expect(toProxyEnvironment(null)).toEqual({});
  });
});
